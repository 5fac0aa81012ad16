@{
    Answers = @(
        @{ When = 'Which unit has a red light'; Answer = 'Unit 14, a storage shelf.' }
        @{ When = 'Which of my shells uses most memory'; Calls = @(@{ name = 'Get-Process'; arguments = @{ Name = @('pwsh', 'bash') } }); Answer = 'pwsh (812) with 214 MB; bash uses 6 MB.' }
        @{ When = 'List three colours'; Answer = @{ colours = @('red', 'green', 'blue') } }
    )
}
