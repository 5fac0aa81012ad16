namespace GptChat.Cli;

/// <summary>What <c>--help</c> shows.</summary>
internal static class HelpText
{
    /// <summary>The text.</summary>
    public const string Text = """
        gptchat asks a Chat Completions model (GPT-5.1 by default) and prints its answer as it arrives.

        Usage: gptchat PROMPT [-Parameter VALUE]...
               COMMAND | gptchat PROMPT [-Parameter VALUE]...

        Examples:
          gptchat 'What are the three laws of thermodynamics?'
          cat app.log | gptchat 'What went wrong, in two sentences?' -System 'You are a terse SRE.'
          gptchat 'Which rule is never reached?' -Path rules.txt -Model llama3 -MaxCompletionTokens 500

        The parameters are those of Invoke-GptChat:
          -System TEXT               instructions before everything else
          -Model NAME                the model
          -Path FILE                 files to send with the prompt: text, images, sound, PDF
          -Each                      one request for each line or file; -ThrottleLimit N of them at once
          -Journal FILE              with -Each: run again, it goes on where it ended
          -Schema TEXT               the answer as JSON, one object a line: 'name, age int', or FILE.json
          -MaxCompletionTokens N     the most tokens of the answer
          -Temperature N             0 to 2, where the model takes it
          -ReplaySpeed N             with -Replay: 1 as it was recorded, 0 without waiting
          -Record FILE               keep the exchange
          -Replay FILE               answer from a recording, without a network or an account
          -Verbose                   say what is sent where
          -WhatIf                    say what would be sent, and send nothing
        A parameter that is true or false takes -Name:$true or -Name:$false. After -- everything is text.

        The connection comes from the environment: CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN, or
        AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN, or OPENAI_API_KEY (and OPENAI_BASE_URL), or
        OLLAMA_HOST.

        Exit codes: 0 answered, 1 failed, 2 arguments cannot be used, 130 stopped with Ctrl+C.
        """;

    /// <summary>What to do where the environment describes no connection.</summary>
    public const string NoConnection =
        "There is no connection, and nothing was sent. Set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN (and CLOUDFLARE_GATEWAY_ID), "
        + "or AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN (and AZURE_OPENAI_DEPLOYMENT), or OPENAI_API_KEY (and OPENAI_BASE_URL), or OLLAMA_HOST; "
        + "or answer from a recording with -Replay FILE.";

    /// <summary>Whether an argument asks for it, in the way of any shell.</summary>
    public static bool IsAskedFor(string argument) => argument is "--help" or "-h" or "-help" or "-Help" or "-?" or "/?";
}
