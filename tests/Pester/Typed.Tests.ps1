BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    function Set-Answer { param([string[]] $Text) Set-ServerScript $server @($Text | ForEach-Object { @{ kind = 'asAsked'; text = $_ } }) }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'a class of PowerShell' {
    BeforeAll {
        enum Severity { Low; Medium; High }
        class Finding {
            [string] $Host
            [ValidateRange(0, 100)] [int] $Percent
            [Severity] $Severity
            [string[]] $Steps
            hidden [string] $Note = 'own'
            [string] Line() { return "$($this.Host): $($this.Severity)" }
        }

        $list = '{"items":[{"Host":"srv1","Percent":91,"Severity":"High","Steps":["clean"]},{"Host":"srv2","Percent":5,"Severity":"Low","Steps":[]}]}'
    }

    It 'goes in by <How>, and objects of it come out' -ForEach @(
        @{ How = 'type'; Call = { Invoke-GptChat 'What is wrong?' -As ([Finding[]]) } }
        @{ How = 'name'; Call = { Invoke-GptChat 'What is wrong?' -As 'Finding[]' } }
        @{ How = 'a name without quotes'; Call = { Invoke-GptChat 'What is wrong?' -As Finding[] } }
        @{ How = 'a name in brackets'; Call = { Invoke-GptChat 'What is wrong?' -As [Finding[]] } }
    ) {
        Set-Answer $list
        $all = & $Call
        $all | Should -HaveCount 2
        $all[0].GetType() | Should -Be ([Finding])
        $all[0].Line() | Should -BeExactly 'srv1: High'
        $all[0].Note | Should -BeExactly own
        ($all | Where-Object Severity -eq High).Percent | Should -Be 91
    }

    It 'shows in tables, CSV, JSON and Select-Object as it always does' {
        Set-Answer $list
        $all = Invoke-GptChat 'What is wrong?' -As Finding[]
        $made = [Finding] @{ Host = 'srv1'; Percent = 91; Severity = 'High'; Steps = @('clean') }
        $all[0].Response.Usage.TotalTokens | Should -Be 19
        $all[0] | Format-Table | Out-String | Should -BeExactly ($made | Format-Table | Out-String)
        $all[0] | Format-List | Out-String | Should -BeExactly ($made | Format-List | Out-String)
        $all[0] | ConvertTo-Csv | Should -BeExactly ($made | ConvertTo-Csv)
        $all[0] | ConvertTo-Json | Should -BeExactly ($made | ConvertTo-Json)
        ($all[0] | Select-Object *).PSObject.Properties.Name | Should -BeExactly ($made | Select-Object *).PSObject.Properties.Name
    }

    It 'keeps its envelope in variables, filters and Clixml' {
        Set-Answer $list
        $all = Invoke-GptChat 'What is wrong?' -As Finding[]
        $file = Join-Path $TestDrive all.xml
        $all | Where-Object Percent -gt 50 | Export-Clixml $file
        $copy = Import-Clixml $file
        $copy.Host | Should -BeExactly srv1
        $copy.Response.Usage.TotalTokens | Should -Be 19
        $copy.Response.Object.Schema | Should -BeLike '*Percent*'
    }

    It 'comes element by element while the server is still silent about the rest' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = '{"items":[{"Host":"srv1","Percent":91,"Severity":"High","Steps":[]}', ',{"Host":"srv2"'; hangAfter = @{ events = 2 } }
        $first = Invoke-GptChat 'What is wrong?' -As Finding[] -Stream | Select-Object -First 1
        $first.Line() | Should -BeExactly 'srv1: High'
        (Get-ServerRequest $server -Finished 1).reply | Should -Be aborted
    }

    It 'may be redefined' {
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $say = { param($Script) $shell.Commands.Clear(); $shell.AddScript($Script).Invoke() }
            $null = & $say "Import-Module '$(Get-ModuleManifest)'; Connect-GptChat -BaseUri $($server.BaseUri) -Model m"
            Set-Answer '{"A":"x"}', '{"A":1,"B":"y"}'
            & $say 'class Shape { [string] $A }; (Invoke-GptChat q -As Shape).A' | Should -BeExactly x
            & $say 'class Shape { [int] $A; [string] $B }; $o = Invoke-GptChat q -As Shape; "$($o.A.GetType().Name) $($o.B)"' | Should -BeExactly 'Int32 y'
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'may be defined inside a module, with a constructor that uses what the module keeps to itself' {
        $path = Join-Path $TestDrive Shapes.psm1
        Set-Content $path @'
$script:made = 0
function Get-Inner { $script:made++; 'inner' }
class Shape { [string] $Name; hidden [string] $By; Shape() { $this.By = Get-Inner } [string] Who() { return "$($this.Name) $($this.By) $script:made" } }
function Get-Shape { Invoke-GptChat q -As Shape }
function Get-ShapeByType { Invoke-GptChat q -As ([Shape]) }
Export-ModuleMember -Function Get-Shape, Get-ShapeByType
'@
        Import-Module $path
        try {
            Set-Answer '{"Name":"a"}', '{"Name":"b"}'
            (Get-Shape).Who() | Should -BeExactly 'a inner 1'
            (Get-ShapeByType).Who() | Should -BeExactly 'b inner 2'
            (Get-TestError { Invoke-GptChat q -As Shape }).Exception.Message | Should -BeLike "*no type 'Shape' here*using module*"
        }
        finally {
            Remove-Module Shapes
        }
    }

    It 'without a constructor that takes nothing is refused before anything is sent' {
        class Picky { [string] $Name; Picky([string] $name) { $this.Name = $name } }
        Clear-ServerRequest $server
        $failure = Get-TestError { Invoke-GptChat q -As ([Picky]) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.InvalidParameter,*'
        $failure.Exception.Message | Should -BeLike '*no constructor without parameters*Add one: Picky() { }*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe '-Schema' {
    It 'takes <What>' -ForEach @(
        @{ What = 'the short form'; Schema = 'name, age int' }
        @{ What = 'a hashtable'; Schema = [ordered] @{ type = 'object'; properties = [ordered] @{ name = @{ type = 'string' }; age = @{ type = 'integer' } }; required = @('name', 'age') } }
        @{ What = 'JSON'; Schema = '{ "type": "object", "properties": { "name": { "type": "string" }, "age": { "type": "integer" } }, "required": ["name", "age"] }' }
    ) {
        Set-Answer '{"age":3,"name":"a"}'
        $reply = Invoke-GptChat q -Schema $Schema
        $reply | ConvertTo-Json -Compress | Should -BeExactly '{"name":"a","age":3}'
        (Get-ServerRequest $server)[0].json.response_format.json_schema.schema.required | Should -BeExactly name, age
    }

    It 'takes a file, by the location of the shell' {
        Set-Content (Join-Path $TestDrive s.json) '{ "type": "object", "properties": { "name": { "type": "string" } } }'
        Set-Answer '{"name":"a"}'
        Push-Location $TestDrive
        try { (Invoke-GptChat q -Schema s.json).name | Should -BeExactly a }
        finally { Pop-Location }
    }

    It 'says where the short form cannot be read' {
        (Get-TestError { Invoke-GptChat q -Schema 'name, age whole' }).Exception.Message | Should -BeLike "-Schema has the type 'whole'*at character 11.*Nothing was sent."
    }

    It 'works item by item' {
        Set-Answer '{"level":"low"}', '{"level":"high"}'
        $all = 'a.log', 'b.log' | Invoke-GptChat 'How bad?' -Schema 'level (low|high)' -Each -ThrottleLimit 1
        $all | ForEach-Object { "$($_.Response.Source) $($_.level)" } | Should -BeExactly 'a.log low', 'b.log high'
    }
}

Describe 'an answer that does not fit' {
    It 'is an error that keeps the text' {
        Set-Answer '{"level":"urgent"}'
        $failure = Get-TestError { Invoke-GptChat q -Schema 'level (low|high)' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.SchemaMismatch,*'
        $failure.Exception.Message | Should -BeLike "*level is 'urgent', not one of 'low', 'high'*-Repair 2*"
        $failure.Exception.PartialText | Should -BeExactly '{"level":"urgent"}'
        $failure.Exception.Response.FinishReason | Should -BeExactly stop
    }

    It 'is sent back with -Repair, and what that used is told' {
        Set-Answer '{"level":"urgent"}', '{"level":"high"}'
        (Invoke-GptChat q -Schema 'level (low|high)' -Repair 1 -ResponseVariable r).level | Should -BeExactly high
        $r.Repairs | Should -HaveCount 1
        "$($r.Repairs[0])" | Should -BeLike '*urgent*'
        $r.Usage.TotalTokens | Should -Be 38
    }

    It 'ends a bulk call for no other item' {
        Set-Answer 'none', '{"level":"high"}'
        $all = 1, 2 | Invoke-GptChat q -Schema 'level (low|high)' -Each -ThrottleLimit 1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $all.level | Should -BeExactly high
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -Be 1
    }
}

Describe 'Tab' {
    It 'offers types after -As' {
        $line = 'Invoke-GptChat q -As System.DayOf'
        [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Contain System.DayOfWeek
    }
}

Describe 'docs/typed-answers.md' {
    BeforeAll {
        $text = [IO.File]::ReadAllText((Join-Path $PSScriptRoot ../../docs/typed-answers.md))

        # The code of a task, and what the page says comes out of it.
        function Get-Task {
            param([string] $Heading)
            $text -match "(?s)### $([regex]::Escape($Heading)).*?``````powershell\n(.*?)``````.*?``````text\n(.*?)``````" | Should -BeTrue
            $Matches[1], $Matches[2]
        }

        function Get-Line { param($Lines) ($Lines | Out-String -Stream).TrimEnd() | Where-Object { $_ } }
        Push-Location $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    It '<Heading>' -ForEach @(
        @{
            Heading = 'Sort a night of logs by what matters'
            Files   = @{ 'backup.log' = 'tape 3: write error'; 'dns.log' = 'zone transfer refused by 10.0.0.9'; 'web.log' = '200 OK' }
            Answers = '{"Service":"backup","Severity":"High","Cause":"Tape drive 3 fails to write","Next":["Clean the drive","Run the job again"]}', '{"Service":"dns","Severity":"Medium","Cause":"A secondary is not allowed to transfer","Next":["Add 10.0.0.9 to the transfer list"]}', '{"Service":"web","Severity":"Low","Cause":"Nothing wrong","Next":[]}'
        }
        @{
            Heading = 'Turn a mail into accounts'
            Files   = @{ 'onboarding.txt' = 'Hi, Ann Lee starts on 2 March 2026 in Sales, Bo Ek a week later (Support, no laptop yet).' }
            Answers = '{"items":[{"name":"Ann Lee","login":"ann lee","starts":"2026-03-02","team":"Sales","laptop":true},{"name":"Bo Ek","login":"bo.ek","starts":"2026-03-09","team":"Support","laptop":false}]}', '{"items":[{"name":"Ann Lee","login":"ann.lee","starts":"2026-03-02","team":"Sales","laptop":true},{"name":"Bo Ek","login":"bo.ek","starts":"2026-03-09","team":"Support","laptop":false}]}'
        }
        @{
            Heading = 'Review firewall rules while the answer is still coming'
            Files   = @{ 'rules.txt' = "1 allow any any`n2 deny tcp 23`n3 allow tcp 443" }
            Answers = '{"items":[{"Number":2,"Verdict":"Unreachable","Reason":"Rule 1 allows everything before it"},{"Number":3,"Verdict":"Redundant","Reason":"Rule 1 allows it already"}]}'
        }
    ) {
        foreach ($file in $Files.Keys) { Set-Content (Join-Path $TestDrive $file) $Files[$file] }
        Set-Answer $Answers
        $code, $shown = Get-Task $Heading

        # One at a time, since the answers here come in the order of the requests.
        $PSDefaultParameterValues = @{ 'Invoke-GptChat:ThrottleLimit' = 1 }
        if ($code -notmatch '-Each') { $PSDefaultParameterValues = @{} }
        Get-Line (. ([scriptblock]::Create($code))) | Should -BeExactly (Get-Line ($shown -split "`n"))
        Get-ServerRequest $server | Should -HaveCount $Answers.Count
    }
}
