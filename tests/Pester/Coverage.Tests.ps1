# What the suite is to call, it calls: computed from the module and from the suite's own text.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module (Get-ModuleManifest)
    $sets = foreach ($command in Get-Command -Module GptChat) { $command.ParameterSets | ForEach-Object { @{ Cmdlet = $command.Name; Set = $_.Name } } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module "$PSScriptRoot/Coverage.psm1"
    Import-Module (Get-ModuleManifest)
    $commands = Get-Command -Module GptChat

    # Not this file, whose scripts are no calls.
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $calls = @(Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | Where-Object FullName -ne $PSCommandPath | ForEach-Object { Get-SuiteCall ([IO.File]::ReadAllText($_.FullName)) $commands })
}

AfterAll { Remove-Module Coverage, TestServer }

Describe 'The suite' {
    It 'calls every parameter of every cmdlet, if not in a test of its own then in an example, which runs too' {
        Import-Module "$PSScriptRoot/Examples/Examples.psm1"
        $examples = foreach ($page in Get-ExamplePage) {
            $blocks = Get-ExampleBlock "$root/$page" | Where-Object Mark -notmatch '^not run' | ForEach-Object Text
            Get-SuiteCall ($blocks -join "`n") $commands
        }
        Remove-Module Examples
        Get-Uncalled $commands (@($calls) + @($examples)) | Should -BeNullOrEmpty
    }

    It 'calls <Cmdlet> with its parameter set <Set>' -ForEach $sets {
        $command = $commands | Where-Object Name -eq $Cmdlet
        $calls | Where-Object { $_.Name -eq $Cmdlet -and (Get-CalledSet $command $_.Used) -eq $Set } | Should -Not -BeNullOrEmpty
    }
}

Describe 'What reads the suite' {
    BeforeAll {
        # A cmdlet as ours are, with sets, an alias, positions and a pipeline.
        function Get-Sample {
            [CmdletBinding(DefaultParameterSetName = 'ByName')]
            param(
                [Parameter(ParameterSetName = 'ByName', Position = 0, ValueFromPipeline)] [Alias('Title')] $Name,
                [Parameter(ParameterSetName = 'ByPath', Mandatory)] [string] $Path,
                [Parameter(ParameterSetName = 'ByPath')] [switch] $Recurse,
                [Parameter(Position = 1)] $Count
            )
        }

        $sample = Get-Command Get-Sample
        function Get-SampleCall([string] $Text) { Get-SuiteCall $Text $sample }
    }

    It 'finds in <Text> that it uses <Used>' -ForEach @(
        @{ Text = 'Get-Sample -Name x'; Used = 'Name'; Set = 'ByName' }
        @{ Text = 'Get-Sample'; Used = ''; Set = 'ByName' }
        @{ Text = 'Get-Sample -Title x'; Used = 'Name'; Set = 'ByName' }
        @{ Text = 'Get-Sample x 5'; Used = 'Count Name'; Set = 'ByName' }
        @{ Text = 'Get-Sample -Count 5 x'; Used = 'Count Name'; Set = 'ByName' }
        @{ Text = '"x" | Get-Sample'; Used = 'Name'; Set = 'ByName' }
        @{ Text = 'Get-Sample -Path y -Rec'; Used = 'Path Recurse'; Set = 'ByPath' }
        @{ Text = 'Get-Sample 5 -Path y'; Used = 'Count Path'; Set = 'ByPath' }
        @{ Text = '$them = @{ Path = "y"; Recurse = $true }; Get-Sample @them'; Used = 'Path Recurse'; Set = 'ByPath' }
        @{ Text = 'It x -ForEach @(@{ Parameter = "Path" }) { $one = @{ $Parameter = 1 }; Get-Sample @one }'; Used = 'Path'; Set = 'ByPath' }
        @{ Text = '{ Invoke-Thing { Get-Sample -Path y } }'; Used = 'Path'; Set = 'ByPath' }
        @{ Text = 'Invoke-Shell "Get-Sample -Path y"'; Used = 'Path'; Set = 'ByPath' }
        @{ Text = 'Get-Sample -Recurse'; Used = 'Recurse'; Set = '' }
        @{ Text = 'Get-Sample -Name x -Path y'; Used = 'Name Path'; Set = '' }
    ) {
        $call = Get-SampleCall $Text
        ($call.Used | Sort-Object) -join ' ' | Should -BeExactly $Used
        Get-CalledSet $sample $call.Used | Should -Be $(if ($Set) { $Set })
    }

    It 'takes <Text> for no call' -ForEach @('"Get-Sample -Path y"', '# Get-Sample', '@{ Like = "Get-Sample x" }', 'Write-Output "Get-Sample"', 'Get-Samples' | ForEach-Object { @{ Text = $_ } }) {
        Get-SampleCall $Text | Should -BeNullOrEmpty
    }

    It 'says what nobody calls' {
        Get-Uncalled $sample @() | Should -Be 'Get-Sample, parameter set ByName', 'Get-Sample, parameter set ByPath', 'Get-Sample -Count', 'Get-Sample -Name', 'Get-Sample -Path', 'Get-Sample -Recurse'
        Get-Uncalled $sample (Get-SampleCall 'Get-Sample x; Get-Sample -Path y') | Should -Be 'Get-Sample -Count', 'Get-Sample -Recurse'
        Get-Uncalled $sample (Get-SampleCall 'Get-Sample x 1; Get-Sample -Path y -Recurse') | Should -BeNullOrEmpty
    }
}
