@{
    Answers = @(
        @{ When = 'And which two do the same'; Answer = 'None: each of them says something of its own.' }
        @{ When = 'The disk of web1'; Answer = 'Look at /var/log with du, largest first.' }
        @{ When = 'The disk of web2'; Answer = 'Look at /var/log with du, largest first.' }
        @{ When = 'What is wrong with Write-Host'; Answer = 'It writes to the host, so callers cannot use what it says. Write-Output gives them objects.' }
        @{ When = 'Say that again for me'; Answer = 'Write-Host is a loudspeaker, Write-Output hands things over. Functions should hand things over.' }
    )
}
