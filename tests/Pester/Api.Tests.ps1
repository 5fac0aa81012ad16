BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession

    function Get-SentBody {
        # The body of the only request that a call sends.
        param([scriptblock] $Call)
        Clear-ServerRequest $server
        $null = & $Call
        $requests = @(Get-ServerRequest $server)
        $requests | Should -HaveCount 1
        $requests[0].json
    }

    function Get-Completion {
        # What Tab offers behind a line.
        param([string] $Line)
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A parameter of the API' {
    It 'sends nothing that was not asked for' {
        (Get-SentBody { Invoke-GptChat x }).PSObject.Properties.Name | Should -Be model, messages
        (Get-SentBody { Invoke-GptChat x -Stream }).PSObject.Properties.Name | Should -Be model, stream, stream_options, messages
    }

    It 'puts the words of <Parameter> into the spelling of the protocol, and lets those of next year pass' -ForEach @(
        @{ Parameter = 'ReasoningEffort'; Member = 'reasoning_effort'; Word = 'low' }
        @{ Parameter = 'AnswerVerbosity'; Member = 'verbosity'; Word = 'high' }
        @{ Parameter = 'ServiceTier'; Member = 'service_tier'; Word = 'flex' }
    ) {
        $known = @{ $Parameter = $Word.ToUpperInvariant() }
        (Get-SentBody { Invoke-GptChat x @known }).$Member | Should -BeExactly $Word
        $unknown = @{ $Parameter = 'Tomorrows' }
        (Get-SentBody { Invoke-GptChat 'outside the schema' @unknown }).$Member | Should -BeExactly Tomorrows
    }

    It 'takes many at once by splatting' {
        $parameters = @{ Temperature = 0.5; TopP = 0.9; Seed = 7; Stop = 'END', 'STOP'; Store = $false; Metadata = @{ run = 7 }; MaxTokens = 9 }
        $body = Get-SentBody { Invoke-GptChat x @parameters }
        $body.temperature, $body.top_p, $body.seed, $body.max_tokens | Should -Be 0.5, 0.9, 7, 9
        $body.stop | Should -Be END, STOP
        $body.store | Should -BeFalse
        $body.metadata.run | Should -BeExactly '7'
    }

    It 'finds tokens by their text' {
        $body = Get-SentBody { Invoke-GptChat x -Model gpt-5.1 -LogitBias @{ ' world' = 5; 1734 = -100 } }
        $body.logit_bias.'2375' | Should -Be 5
        $body.logit_bias.'1734' | Should -Be -100
    }

    It 'lays -ExtraBody over the others, objects member by member' {
        $body = Get-SentBody { Invoke-GptChat 'outside the schema' -Stream -Temperature 1 -ExtraBody @{ temperature = 0.5; stream_options = @{ more = @{ a = 1 } }; next = @(1, 2) } }
        $body.temperature | Should -Be 0.5
        $body.stream_options.include_usage | Should -BeTrue
        $body.stream_options.more.a | Should -Be 1
        $body.next | Should -Be 1, 2
    }

    It 'takes a hashtable, an object and JSON alike' -ForEach @(
        @{ Value = @{ type = 'json_object' } }
        @{ Value = [pscustomobject]@{ type = 'json_object' } }
        @{ Value = '{"type":"json_object"}' }
        @{ Value = 'JSON_object' }
    ) {
        (Get-SentBody { Invoke-GptChat x -ResponseFormat $Value }).response_format.type | Should -BeExactly json_object
    }

    It 'is refused by its name before anything is sent: <Parameter>' -ForEach @(
        @{ Parameter = '-LogitBias'; Call = { Invoke-GptChat x -Model llama3 -LogitBias @{ yes = 1 } } }
        @{ Parameter = '-LogitBias'; Call = { Invoke-GptChat x -LogitBias @{ 5 = 5.7 } } }
        @{ Parameter = '-ExtraBody'; Call = { Invoke-GptChat x -ExtraBody (Get-Item -LiteralPath $PSHOME) } }
        @{ Parameter = '-ExtraBody'; Call = { Invoke-GptChat x -ExtraBody '{oops' } }
        @{ Parameter = '-Tool'; Call = { Invoke-GptChat x -Tool @{ type = 'function' } } }
        @{ Parameter = '-ToolChoice'; Call = { Invoke-GptChat x -ToolChoice required } }
        @{ Parameter = '-Metadata'; Call = { Invoke-GptChat x -Metadata @{ a = @{} } } }
        @{ Parameter = '-StreamOption'; Call = { Invoke-GptChat x -StreamOption @{ include_usage = $false } } }
        @{ Parameter = '-GatewayOption'; Call = { Invoke-GptChat x -GatewayOption @{ SkipCache = $true } } }
        @{ Parameter = 'Temperature'; Call = { Invoke-GptChat x -Temperature 2.1 } }
        @{ Parameter = 'ChoiceCount'; Call = { Invoke-GptChat x -ChoiceCount 129 } }
    ) {
        Clear-ServerRequest $server
        "$(Get-TestError $Call)" | Should -BeLike "*$Parameter*"
        Get-ServerRequest $server | Should -HaveCount 0
    }
}

Describe 'Several choices' {
    It 'come in the response, with the first as the reply' {
        $choices = @{ index = 1; finish_reason = 'stop'; message = @{ content = 'two' } }, @{ index = 0; finish_reason = 'stop'; message = @{ content = 'one' } }
        Set-ServerScript $server @{ kind = 'json'; body = @{ choices = $choices } }
        $reply = Invoke-GptChat x -ChoiceCount 2
        $reply | Should -BeExactly one
        $reply.Response.Choices.Index | Should -Be 0, 1
        "$($reply.Response.Choices.Message)" | Should -BeExactly 'one two'
        (Get-ServerRequest $server)[-1].json.n | Should -Be 2
    }

    It 'do not mix in a stream' {
        $deltas = foreach ($piece in '0 a', '1 A', '1 B', '0 b') {
            '{{"choices":[{{"index":{0},"delta":{{"content":"{1}"}}}}]}}' -f -split $piece
        }
        Set-ServerScript $server @{ kind = 'events'; payloads = @($deltas; '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{},"finish_reason":"stop"}]}'; '[DONE]') }
        $chunks = Invoke-GptChat x -ChoiceCount 2 -Stream
        -join ($chunks | Where-Object Index -EQ 1) | Should -BeExactly AB
        $chunks[-1].Response.Content | Should -BeExactly ab
        "$($chunks[-1].Response.Choices.Message)" | Should -BeExactly 'ab AB'
    }
}

Describe 'A parameter that the model refuses' {
    It 'is named as the cmdlet names it, and nothing is sent again: <Member>' -ForEach @(
        @{ Member = 'temperature'; Parameter = '-Temperature' }
        @{ Member = 'max_tokens'; Parameter = '-MaxCompletionTokens (sent as max_tokens; Connect-GptChat -TokenLimitName max_completion_tokens changes that)' }
        @{ Member = 'verbosity'; Parameter = '-AnswerVerbosity' }
        @{ Member = 'n'; Parameter = '-ChoiceCount' }
        @{ Member = 'audio'; Parameter = '-Audio or -AudioPath' }
    ) {
        Set-ServerScript $server @{ kind = 'error'; status = 400; message = 'No.'; type = 'invalid_request_error'; code = 'unsupported_parameter'; param = $Member }
        $failure = Get-TestError { Invoke-GptChat x }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.UnsupportedParameter,*'
        "$failure".Contains("leave out $Parameter.") | Should -BeTrue -Because "$failure"
        Get-ServerRequest $server | Should -HaveCount 1
    }

    It 'has an error of its own where the model is gone' {
        Set-ServerScript $server @{ kind = 'error'; status = 404; message = 'The model gpt-4 has been deprecated.'; code = 'model_not_found' }
        $failure = Get-TestError { Invoke-GptChat x }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ModelNotFound,*'
        "$failure" | Should -BeLike '*taken this model away*-Model*Get-GptModel*'
    }
}

Describe 'Get-GptModel' {
    It 'lists, chooses, and completes from then on without a further request' {
        Set-ServerScript $server @{ kind = 'json'; body = @{ object = 'list'; data = @(@{ id = 'zeta-9'; created = 1700000000; owned_by = 'me' }, @{ id = 'alpha-1' }) } }
        $models = Get-GptModel
        $models.Id | Should -Be alpha-1, zeta-9
        $models | Out-String -Width 80 | Should -Match 'zeta-9\s+me\s+2023-11-14'
        Get-Completion 'Invoke-GptChat x -Model zet' | Should -Be zeta-9
        (Get-ServerRequest $server).path | Should -Be '/v1/models'
    }

    It 'says so where the server lists none' {
        Set-ServerScript $server @{ kind = 'error'; status = 404; message = 'Not found' }
        $failure = Get-TestError { Get-GptModel }
        "$failure" | Should -BeLike '*does not list its models*-Model*'
    }
}

Describe 'Test-GptConnection' {
    It 'tells each step, and what answered' {
        Clear-ServerRequest $server
        $steps = Test-GptConnection
        $steps.Step | Should -Be Resolve, Connect, Secure, Authenticate, Answer
        "$($steps.Status)" | Should -BeExactly 'Passed Passed NotNeeded NotNeeded Passed'
        $steps[-1].Model | Should -BeExactly gpt-5.1-chat-latest
        $steps[-1].Duration | Should -BeOfType [timespan]
        $request = Get-ServerRequest $server
        $request | Should -HaveCount 1
        $request[0].json.max_tokens | Should -Be 1
    }

    It 'tells what to change where one fails' {
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'Wrong key.'; code = 'invalid_api_key' }
        $failed = Test-GptConnection | Where-Object Status -EQ Failed
        $failed.Step | Should -BeExactly Authenticate
        $failed.Advice | Should -BeLike '*Connect-GptChat*'
        $failed | Out-String -Width 80 | Should -Match 'FAILED[\s\S]+Wrong key\.'
    }

    It 'is a boolean with -Quiet' {
        Test-GptConnection -Quiet | Should -BeTrue
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'Wrong key.' }
        Test-GptConnection -Quiet | Should -BeFalse
    }
}

Describe 'Tab' {
    It 'offers the words of <Line>' -ForEach @(
        @{ Line = 'Invoke-GptChat x -ReasoningEffort '; Words = 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max' }
        @{ Line = 'Invoke-GptChat x -AnswerVerbosity '; Words = 'low', 'medium', 'high' }
        @{ Line = 'Invoke-GptChat x -ServiceTier f'; Words = 'flex', 'fast' }
        @{ Line = 'Invoke-GptChat x -ResponseFormat j'; Words = 'json_object' }
        @{ Line = 'Invoke-GptChat x -Modality text, a'; Words = 'audio' }
        @{ Line = 'Invoke-GptChat x -Audio m'; Words = 'marin' }
        @{ Line = 'Invoke-GptChat x -ToolChoice '; Words = 'auto', 'none', 'required' }
        @{ Line = 'New-GptMessage x -Detail '; Words = 'auto', 'low', 'high' }
        @{ Line = 'Connect-GptChat -Provider L'; Words = 'LlamaCpp', 'LMStudio' }
        @{ Line = 'Test-GptConnection t'; Words = 'test' }
    ) {
        Clear-ServerRequest $server
        Get-Completion $Line | Should -Be $Words
        Get-ServerRequest $server | Should -HaveCount 0
    }
}
