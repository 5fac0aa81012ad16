BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession

    # The smallest whole PNG, under a name that says something else: the content decides.
    $png = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    $image = "$TestDrive/rack.txt"
    [IO.File]::WriteAllBytes($image, $png)
    $imageUrl = 'data:image/png;base64,' + [Convert]::ToBase64String($png)

    $pdfText = "%PDF-1.7`n1 0 obj`n"
    $document = "$TestDrive/report.pdf"
    [IO.File]::WriteAllText($document, $pdfText)
    $pdfUrl = 'data:application/pdf;base64,' + [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($pdfText))

    $wav = [Text.Encoding]::ASCII.GetBytes("RIFF$([char] 4)`0`0`0WAVEfmt ")
    $sound = "$TestDrive/note.wav"
    [IO.File]::WriteAllBytes($sound, $wav)

    # The same in PowerShell 7 and Windows PowerShell 5.1.
    $asBytes = if ($PSEdition -eq 'Core') { @{ AsByteStream = $true } } else { @{ Encoding = 'Byte' } }

    function Get-SentPart {
        # The parts of the only message of the latest request.
        param([scriptblock] $Call)
        Set-ServerScript $server @{ kind = 'completion'; text = 'seen' }
        & $Call | Should -BeExactly seen
        $messages = @((Get-ServerRequest $server)[-1].json.messages)
        $messages | Should -HaveCount 1
        $messages[0].role | Should -BeExactly user
        $messages[0].content
    }

    function New-SpokenAnswer {
        # What a model answers that speaks; the content is null.
        param([byte[]] $Bytes)
        $audio = @{ id = 'audio_1'; data = [Convert]::ToBase64String($Bytes); transcript = 'Hello there.'; expires_at = 1893456000 }
        @{ kind = 'json'; body = @{ choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = $null; audio = $audio } }) } }
    }

    function New-SpokenStream {
        # The same in pieces that are no whole base64 each.
        param([byte[]] $Bytes)
        $base64 = [Convert]::ToBase64String($Bytes)
        $pieces = @{ id = 'audio_1'; transcript = 'Hello ' }, @{ data = $base64.Substring(0, 3) }, @{ data = $base64.Substring(3); transcript = 'there.' }
        $payloads = foreach ($piece in $pieces) { @{ choices = @(@{ index = 0; delta = @{ audio = $piece } }) } | ConvertTo-Json -Depth 9 -Compress }
        @{ kind = 'events'; payloads = @($payloads; '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'; '[DONE]') }
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'An image' {
    It 'is told by its content and stands under its name when it comes as <What>' -ForEach @(
        @{ What = '-Path'; Call = { Invoke-GptChat 'What is it?' -Path $image } }
        @{ What = 'a wildcard'; Call = { Invoke-GptChat 'What is it?' -Path "$TestDrive/ra*.txt" } }
        @{ What = '-LiteralPath'; Call = { Invoke-GptChat 'What is it?' -LiteralPath $image } }
        @{ What = 'a piped file'; Call = { Get-Item -LiteralPath $image | Invoke-GptChat 'What is it?' } }
        @{ What = 'a message'; Call = { New-GptMessage 'What is it?' -Path $image | Invoke-GptChat } }
    ) {
        $parts = Get-SentPart $Call
        $parts.type | Should -Be text, image_url
        $parts[0].text | Should -BeExactly "What is it?`n`nrack.txt ($((Get-Item -LiteralPath $image).Length) bytes):"
        $parts[1].image_url.url | Should -BeExactly $imageUrl
        $parts[1].image_url.PSObject.Properties.Name | Should -Be url
    }

    It 'needs no name and no text as <What>' -ForEach @(
        @{ What = 'bytes of a parameter'; Call = { Invoke-GptChat -InputObject $png } }
        @{ What = 'bytes behind a comma'; Call = { , $png | Invoke-GptChat } }
        @{ What = 'bytes that the pipe takes apart'; Call = { $png | Invoke-GptChat } }
        @{ What = 'bytes that Get-Content reads'; Call = { Get-Content -LiteralPath $image @asBytes | Invoke-GptChat } }
        @{ What = 'a message of bytes'; Call = { New-GptMessage $png | Invoke-GptChat } }
    ) {
        $parts = @(Get-SentPart $Call)
        $parts | Should -HaveCount 1
        $parts[0].image_url.url | Should -BeExactly $imageUrl
    }

    It 'has the detail that was said' {
        (Get-SentPart { Get-Item -LiteralPath $image | New-GptMessage -Detail Low | Invoke-GptChat })[-1].image_url.detail | Should -BeExactly low
    }

    It 'is fetched by its address, to the letter' {
        $parts = Get-SentPart { New-GptMessage 'Same?' -Uri 'https://example.com/a%20b.png?sig=%2Bx', 'https://example.com/c.png' -Detail high | Invoke-GptChat }
        $parts.type | Should -Be text, image_url, image_url
        $parts[1].image_url.url | Should -BeExactly 'https://example.com/a%20b.png?sig=%2Bx'
        $parts[2].image_url.detail | Should -BeExactly high
    }

    It 'is one word in a message that is looked at' {
        $message = New-GptMessage 'Look' -Path $image
        "$($message.Parts[1])" | Should -BeLike '`[image rack.txt, * KB]'
        $message | Out-String -Width 80 | Should -Not -Match base64
    }
}

Describe 'A document and a sound' {
    It 'are sent as what they are' {
        $parts = Get-SentPart { Get-Item -LiteralPath $document, $sound | Invoke-GptChat 'Compare' }
        $parts.type | Should -Be text, file, text, input_audio
        $parts[1].file.filename | Should -BeExactly report.pdf
        $parts[1].file.file_data | Should -BeExactly $pdfUrl
        $parts[3].input_audio.format | Should -BeExactly wav
        $parts[3].input_audio.data | Should -BeExactly ([Convert]::ToBase64String($wav))
    }

    It 'keep their place among lines' {
        $parts = Get-SentPart { & { 'before'; Get-Item -LiteralPath $document; 'after' } | Invoke-GptChat }
        $parts.type | Should -Be text, file, text
        $parts[0].text, $parts[2].text | Should -Be before, after
    }

    It 'can be a file of any kind, or one that the provider has' {
        $parts = Get-SentPart { New-GptMessage -LiteralPath $image -AsFile -FileId file-1 | Invoke-GptChat }
        $parts.type | Should -Be file, file
        $parts[0].file.filename | Should -BeExactly rack.txt
        $parts[1].file.file_id | Should -BeExactly file-1
    }
}

Describe 'What cannot be sent as a part' {
    It 'is an error before anything is sent: <What>' -ForEach @(
        @{ What = 'an archive'; Id = 'FileNotReadable'; Say = '*ZIP*-AsFile*'; Call = { [IO.File]::WriteAllText("$TestDrive/a.zip", "PK$([char] 3)$([char] 4) and more"); Invoke-GptChat x -Path "$TestDrive/a.zip" } }
        @{ What = 'an image in a prompt'; Id = 'InvalidParameter'; Say = '*-Prompt*-Path*'; Call = { Invoke-GptChat (Get-Item -LiteralPath $image) } }
        @{ What = 'an image of the system'; Id = 'InvalidParameter'; Say = '*System*images*'; Call = { New-GptMessage -Role System -Path $image } }
        @{ What = 'a file as address'; Id = 'InvalidParameter'; Say = '*-Uri*-Path*'; Call = { New-GptMessage -Uri $image } }
        @{ What = 'a detail without an image'; Id = 'InvalidParameter'; Say = '*-Detail*'; Call = { New-GptMessage x -Detail low } }
        @{ What = 'a path that leads nowhere'; Id = 'FileNotReadable'; Say = "*nowhere.png*no such file*"; Call = { Invoke-GptChat x -Path "$TestDrive/nowhere.png" } }
    ) {
        Clear-ServerRequest $server
        $failure = Get-TestError $Call
        $failure.FullyQualifiedErrorId | Should -BeLike "GptChat.$Id,*"
        "$failure" | Should -BeLike $Say
        Get-ServerRequest $server | Should -HaveCount 0
    }
}

Describe 'A spoken answer' {
    BeforeEach {
        $spoken = Join-Path $TestDrive 'spoken.wav'
        Remove-Item -LiteralPath $spoken -ErrorAction Ignore
    }

    It 'is saved before the reply, which is what was said' {
        Set-ServerScript $server (New-SpokenAnswer $wav)
        $reply = Invoke-GptChat 'Read' -AudioPath $spoken -Audio marin | ForEach-Object { Test-Path -LiteralPath $spoken | Should -BeTrue; $_ }
        $reply | Should -BeExactly 'Hello there.'
        [IO.File]::ReadAllBytes($spoken) | Should -Be $wav
        $request = (Get-ServerRequest $server)[-1].json
        $request.modalities | Should -Be text, audio
        $request.audio.voice, $request.audio.format | Should -Be marin, wav
    }

    It 'goes into a relative path as the shell sees it' {
        Set-ServerScript $server (New-SpokenAnswer $wav)
        Push-Location $TestDrive
        try { $null = Invoke-GptChat 'Read' -AudioPath spoken.wav } finally { Pop-Location }
        Test-Path -LiteralPath $spoken | Should -BeTrue
    }

    It 'is a whole WAV file with <How> too' -ForEach @(
        @{ How = '-Stream'; Call = { Invoke-GptChat 'Read' -AudioPath $spoken -Stream | ForEach-Object { $all = '' } { $all += $_ } { $all } } }
        @{ How = '-Live'; Call = { Invoke-GptChat 'Read' -AudioPath $spoken -Live -PassThru 6>$null } }
    ) {
        Set-ServerScript $server (New-SpokenStream (1..10))
        & $Call | Should -BeExactly 'Hello there.'
        (Get-ServerRequest $server)[-1].json.audio.format | Should -BeExactly pcm16
        $bytes = [IO.File]::ReadAllBytes($spoken)
        [Text.Encoding]::ASCII.GetString($bytes, 0, 4) | Should -BeExactly RIFF
        $bytes[44..53] | Should -Be (1..10)
        $bytes | Should -HaveCount 54
    }

    It 'that does not come costs the reply nothing, and leaves the file alone' {
        [IO.File]::WriteAllText($spoken, 'old')
        Set-ServerScript $server @{ kind = 'completion'; text = 'only text' }
        Invoke-GptChat 'Read' -AudioPath $spoken -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeExactly 'only text'
        $failures.FullyQualifiedErrorId | Should -BeLike 'GptChat.AudioNotSaved,*'
        [IO.File]::ReadAllText($spoken) | Should -BeExactly old
    }

    It 'needs a place and a format before anything is sent: <Path>' -ForEach @(
        @{ Path = 'nowhere/a.wav'; Say = '*folder*-AudioPath*' }
        @{ Path = 'folder.wav'; Say = '*is a folder*-AudioPath*' }
        @{ Path = 'speech'; Say = '*-AudioPath*format*' }
    ) {
        $null = New-Item -ItemType Directory -Path "$TestDrive/folder.wav" -Force
        Clear-ServerRequest $server
        "$(Get-TestError { Invoke-GptChat 'Read' -AudioPath "$TestDrive/$Path" })" | Should -BeLike $Say
        Get-ServerRequest $server | Should -HaveCount 0
    }
}
