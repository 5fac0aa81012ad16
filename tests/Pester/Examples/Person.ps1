# Somebody at the console of an example: answers what is asked, writes what is said to a chat.

function New-ExamplePerson([string[]] $Mark) {
    <# .SYNOPSIS The host of an example with such marks; nothing where nobody is there, so that a question is an error. #>
    $said = @($Mark -match '^a person ')
    if (-not $said) { return }
    if (-not $script:PersonType) {
        # The host of the other tests, so that there is one.
        $support = "$script:Root/tests/GptChat.Tests/Support"
        $script:PersonType = Add-Type -Path "$support/RecordingHost.cs", "$support/ScreenFrame.cs" -CompilerOptions '-nullable:enable' -IgnoreWarnings -PassThru | Where-Object Name -eq RecordingHost
    }

    $person = [Activator]::CreateInstance($script:PersonType, $true)
    $said -match ' answers ' -replace '^a person answers ' | ForEach-Object { $person.Answers.Enqueue($_) }
    $said -match ' writes ' -replace '^a person writes ' | ForEach-Object { $person.Lines.Enqueue($_) }
    Add-Member -InputObject $person -NotePropertyName Ready -NotePropertyValue $person.Answers.Count -PassThru
}

function Get-PersonProblem($Person) {
    <# .SYNOPSIS What went wrong in front of that person, a line each. #>
    if (-not $Person) { return }
    $Person.Errors | ForEach-Object { "The console shows the error: $_" }
    if ($Person.Questions.Count -gt $Person.Ready) { "Nobody was to be asked: $(@($Person.Questions)[$Person.Ready])" }
    @($Person.Answers) + @($Person.Lines) | ForEach-Object { "Nobody asked, so the person could not say: $_" }
}
