BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $manifest = Get-ModuleManifest
    $pattern = Join-Path (Split-Path $manifest) 'tests/GptChat.Tests/bin/*/net*/clashes/Microsoft.ML.Tokenizers.dll'
    $other = (Get-ChildItem $pattern | Sort-Object LastWriteTimeUtc | Select-Object -Last 1).FullName
    if (-not $other) { throw "Nothing matches $pattern. Run 'dotnet build GptChat.sln' first." }
    $count = "Import-Module '$manifest'; (Measure-GptToken 'hello world').Tokens"
}

AfterAll { Remove-Module TestServer }

Describe 'Another module with another release of the tokenizer' {
    It 'works beside this one when it comes first' {
        $run = Invoke-Shell "Add-Type -Path '$other'; $count; [Microsoft.ML.Tokenizers.Tokenizer].Assembly.Location"
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\r?\n' | Should -Be '2', $other
    }

    It 'works beside this one when it comes later' {
        $run = Invoke-Shell "$count; Add-Type -Path '$other'; [Microsoft.ML.Tokenizers.Tokenizer].Assembly.Location; (Measure-GptToken 'hello world').Tokens"
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\r?\n' | Should -Be '2', $other, '2'
    }

    It 'is not given the copy of this one' {
        $name = [Reflection.AssemblyName]::GetAssemblyName($other).FullName
        $run = Invoke-Shell "$count; try { [Reflection.Assembly]::Load('$name').Location } catch { `$_.Exception.InnerException.GetType().Name }"
        $run.Output.Trim() -split '\r?\n' | Should -Be '2', 'FileNotFoundException'
    }
}
