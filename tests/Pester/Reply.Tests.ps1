BeforeDiscovery {
    # Everything that some way out of PowerShell is known to change: width, indentation, ends of lines, astral characters.
    $texts = @(
        @{ Name = 'a line longer than any window'; Text = 'word ' * 100 + 'end' }
        @{ Name = 'a long word'; Text = 'x' * 1000 }
        @{ Name = 'indented code'; Text = "def f():`n    return {`n`t'a': 1`n    }" }
        @{ Name = 'a trailing newline'; Text = "one`ntwo`n" }
        @{ Name = 'several trailing newlines'; Text = "one`n`n`n" }
        @{ Name = 'CRLF'; Text = "one`r`ntwo`r`n" }
        @{ Name = 'emoji and accents'; Text = "😀 naïve 日本語 👩‍👩‍👧" }
        @{ Name = 'leading and trailing blanks'; Text = "   a   " }
        @{ Name = 'escape sequences'; Text = "$([char] 27)[31mred$([char] 27)[0m `0 end" }
        @{ Name = 'what PowerShell could expand'; Text = '$(Get-Date) `n "quoted" ''single'' @{a=1}' }
    )
    $ways = @(
        @{ Way = '>'; Write = { param($value, $path) $value > $path } }
        @{ Way = '>>'; Write = { param($value, $path) 'before' > $path; $value >> $path } }
        @{ Way = 'Set-Content'; Write = { param($value, $path) $value | Set-Content -LiteralPath $path } }
        @{ Way = 'Set-Content -Value'; Write = { param($value, $path) Set-Content -LiteralPath $path -Value $value } }
        @{ Way = 'Add-Content -NoNewline'; Write = { param($value, $path) $value | Add-Content -LiteralPath $path -NoNewline } }
        @{ Way = 'Out-File'; Write = { param($value, $path) $value | Out-File -LiteralPath $path } }
        @{ Way = 'Out-File -Width 40'; Write = { param($value, $path) $value | Out-File -LiteralPath $path -Width 40 } }
        @{ Way = 'Out-File -Encoding unicode'; Write = { param($value, $path) $value | Out-File -LiteralPath $path -Encoding unicode } }
        @{ Way = 'Tee-Object'; Write = { param($value, $path) $null = $value | Tee-Object -LiteralPath $path } }
        @{ Way = 'a file of .NET'; Write = { param($value, $path) [IO.File]::WriteAllText($path, $value) } }
        @{ Way = 'an array through Set-Content'; Write = { param($value, $path) @($value, $value) | Set-Content -LiteralPath $path } }
        @{ Way = 'ConvertTo-Json'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value | ConvertTo-Json)) } }
        @{ Way = 'ConvertTo-Json in a hashtable'; Write = { param($value, $path) [IO.File]::WriteAllText($path, (@{ a = $value; b = @($value) } | ConvertTo-Json)) } }
        @{ Way = 'ConvertTo-Csv in an object'; Write = { param($value, $path) [pscustomobject]@{ a = $value } | ConvertTo-Csv | Set-Content -LiteralPath $path } }
        @{ Way = 'Out-String'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value | Out-String)) } }
        @{ Way = 'Out-String -Width 20'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value | Out-String -Width 20)) } }
        @{ Way = 'Format-List'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value | Format-List | Out-String)) } }
        @{ Way = 'Format-Table'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value | Format-Table | Out-String)) } }
        @{ Way = 'a string'; Write = { param($value, $path) [IO.File]::WriteAllText($path, "<$value>") } }
        @{ Way = '-join'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ($value, $value -join '|')) } }
        @{ Way = '-f'; Write = { param($value, $path) [IO.File]::WriteAllText($path, ('<{0}>' -f $value)) } }
    )
    if (-not ($IsWindows -or $PSEdition -eq 'Desktop')) {
        $ways += @{ Way = 'a native command'; Write = { param($value, $path) $value | sh -c 'cat > "$1"' sh $path } }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A reply is its text' {
    Context 'with <Name>' -ForEach $texts {
        BeforeAll {
            Set-ServerScript $server @{ kind = 'completion'; text = $Text }, @{ kind = 'stream'; text = $Text }
            $reply = Invoke-GptChat hello
            $streamed = Invoke-GptChat hello -Live -PassThru 6>$null
        }

        It 'is a string of exactly that text' {
            $reply | Should -BeOfType [string]
            $reply.GetType() | Should -Be ([string])
            $reply -ceq $Text | Should -BeTrue
            $reply.Length | Should -Be $Text.Length
            $reply.Content -ceq $Text | Should -BeTrue
            $reply.Response.Content -ceq $Text | Should -BeTrue
        }

        It 'is the same when it came in pieces' {
            $streamed -ceq $Text | Should -BeTrue
        }

        It 'leaves by <Way> byte for byte as the plain string does' -ForEach $ways {
            # Two files of one name: some ways write the name down.
            $null = New-Item -ItemType Directory -Force -Path "$TestDrive/reply", "$TestDrive/plain"
            & $Write $reply "$TestDrive/reply/out.txt"
            & $Write $Text "$TestDrive/plain/out.txt"
            $actual = [Convert]::ToBase64String([IO.File]::ReadAllBytes("$TestDrive/reply/out.txt"))
            $expected = [Convert]::ToBase64String([IO.File]::ReadAllBytes("$TestDrive/plain/out.txt"))
            $actual | Should -BeExactly $expected
            Remove-Item "$TestDrive/reply/out.txt", "$TestDrive/plain/out.txt"
        }
    }

    It 'reaches the console byte for byte as the plain strings do' {
        $all = @(
            'word ' * 100 + 'end'
            "def f():`n    return {`n`t'a': 1`n    }`n"
            "one`r`ntwo`r`n😀 日本語"
        )
        Set-ServerScript $server ($all | ForEach-Object { @{ kind = 'completion'; text = $_ } })
        $environment = @{ OPENAI_API_KEY = 'test-key'; OPENAI_BASE_URL = $server.BaseUri; TEXTS = ConvertTo-Json $all; NO_COLOR = '1' }
        $replies = Invoke-Shell "Import-Module '$(Get-ModuleManifest)'; 1..3 | ForEach-Object { Invoke-GptChat hello -Model m }" $environment
        $strings = Invoke-Shell '[string[]] $texts = ConvertFrom-Json $env:TEXTS; $texts' $environment
        $replies.Error | Should -BeNullOrEmpty
        [Convert]::ToBase64String($replies.Bytes) | Should -BeExactly ([Convert]::ToBase64String($strings.Bytes))
    }
}

Describe 'A reply carries its envelope' {
    BeforeAll {
        Clear-ServerRequest $server
        $reply = Invoke-GptChat hello
        function Test-Envelope($value) {
            $value -ceq 'hello' -and $value.Content -ceq 'hello' -and $value.Response.Content -ceq 'hello' -and $value.Usage.TotalTokens -eq 19 -and
            $value.FinishReason -ceq 'stop' -and $value.Model -and $value.Index -eq 0 -and $null -ne $value.PSObject.Properties['Source']
        }
    }

    It 'has all its properties' {
        ($reply | Get-Member -MemberType NoteProperty).Name | Should -Be 'Content', 'Cost', 'FinishReason', 'Index', 'Model', 'Response', 'Source', 'Usage'
        $reply.PSObject.TypeNames[0..1] | Should -Be 'System.String', 'GptChat.Reply'
    }

    It 'keeps it <Where>' -ForEach @(
        @{ Where = 'in a variable'; Path = { $a = $reply; $a } }
        @{ Where = 'in foreach'; Path = { foreach ($one in $reply) { $one } } }
        @{ Where = 'through Where-Object'; Path = { $reply | Where-Object { $_ -like 'h*' } } }
        @{ Where = 'through ForEach-Object'; Path = { $reply | ForEach-Object { $_ } } }
        @{ Where = 'through Sort-Object'; Path = { ($reply, $reply | Sort-Object)[0] } }
        @{ Where = 'through Group-Object'; Path = { ($reply | Group-Object)[0].Group[0] } }
        @{ Where = 'through Tee-Object'; Path = { $null = $reply | Tee-Object -Variable kept; $kept } }
        @{ Where = 'in an array'; Path = { $a = @(); $a += $reply; $a[0] } }
        @{ Where = 'in a hashtable'; Path = { @{ a = $reply }.a } }
        @{ Where = 'in a custom object'; Path = { ([pscustomobject]@{ a = $reply }).a } }
        @{ Where = 'in a List[psobject]'; Path = { $a = [Collections.Generic.List[psobject]]::new(); $a.Add($reply); $a[0] } }
        @{ Where = 'through an untyped parameter'; Path = { & { param($a) $a } $reply } }
        @{ Where = 'through a pipeline parameter'; Path = { $reply | & { param([Parameter(ValueFromPipeline)] $a) process { $a } } } }
        @{ Where = 'out of a function'; Path = { & { return $reply } } }
        @{ Where = 'in -OutVariable'; Path = { $null = Invoke-GptChat hello -OutVariable kept; $kept[0] } }
        @{ Where = 'through Export-Clixml'; Path = { $reply | Export-Clixml "$TestDrive/reply.xml"; Import-Clixml "$TestDrive/reply.xml" } }
    ) {
        Test-Envelope (& $Path) | Should -BeTrue
    }

    It 'gives its parts to Select-Object' {
        $row = $reply | Select-Object Source, Content, FinishReason, @{ n = 'Tokens'; e = { $_.Usage.TotalTokens } }
        $row.Content | Should -BeExactly hello
        $row.Tokens | Should -Be 19
    }

    # PowerShell makes a new string there, or hands over the bare one; guides and help must say so.
    It 'loses it <Where>, as every decorated string does' -ForEach @(
        @{ Where = 'in a [string] variable'; Path = { [string] $a = $reply; $a } }
        @{ Where = 'through a [string] parameter'; Path = { & { param([string] $a) $a } $reply } }
        @{ Where = 'with +='; Path = { $a = $reply; $a += ''; $a } }
        @{ Where = 'in another string'; Path = { "$reply" } }
        @{ Where = 'through a method'; Path = { $reply.Trim() } }
        @{ Where = 'with -replace'; Path = { $reply -replace 'x' } }
        @{ Where = 'with List[string].Add'; Path = { $a = [Collections.Generic.List[string]]::new(); $a.Add($reply); $a[0] } }
        @{ Where = 'with List[object].Add'; Path = { $a = [Collections.Generic.List[object]]::new(); $a.Add($reply); $a[0] } }
        @{ Where = 'with ArrayList.Add'; Path = { $a = [Collections.ArrayList]::new(); $null = $a.Add($reply); $a[0] } }
    ) {
        $value = & $Path
        $value | Should -BeExactly hello
        $value.Usage | Should -BeNullOrEmpty
    }

    It 'behaves as a string in every comparison' {
        $reply -eq 'HELLO' | Should -BeTrue
        $reply -in 'hello', 'other' | Should -BeTrue
        @{ hello = 1 }[$reply] | Should -Be 1
        switch ($reply) { 'hello' { $matched = $true } }
        $matched | Should -BeTrue
        $reply -match '^h' | Should -BeTrue
    }

    It 'hands over the response in -ResponseVariable, in every mode' {
        $null = Invoke-GptChat hello -ResponseVariable plain
        $null = Invoke-GptChat hello -Stream -ResponseVariable streamed
        Invoke-GptChat hello -Live -ResponseVariable live 6>$null
        foreach ($response in $plain, $streamed, $live) {
            $response | Should -BeOfType [GptChat.GptResponse]
            $response.Content | Should -BeExactly hello
            $response.Usage.TotalTokens | Should -Be 19
        }
    }
}
