using System;
using System.Management.Automation;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a message of any role, to be piped to Invoke-GptChat.</para>
/// <para type="description">Everything that is piped in or given becomes one message.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "GptMessage")]
[OutputType(typeof(GptMessage))]
public sealed class NewGptMessageCommand : GptCmdlet
{
    private readonly PromptBuilder _content;

    /// <summary>Makes the cmdlet.</summary>
    public NewGptMessageCommand() => _content = new PromptBuilder(new ObjectJson(null, 1, WriteVerbose), WriteVerbose);

    /// <summary>What the message says: text, lines, files or any objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? Content { get; set; }

    /// <summary>Who speaks.</summary>
    [Parameter]
    [ValidateSet("System", "Developer", "User", "Assistant", "Tool")]
    public string Role { get; set; } = "User";

    /// <summary>Text files whose content is put into the message, each under its name. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Text files whose content is put into the message, each under its name. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>A name that tells speakers of the same role apart.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The id of the tool call that a message of the role Tool answers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ToolCallId { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        bool isTool = string.Equals(Role, Roles.Tool, StringComparison.OrdinalIgnoreCase);
        if (isTool == ToolCallId is null)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, isTool ? "A message of the role Tool needs -ToolCallId" : "-ToolCallId needs -Role Tool")
            {
                Hint = "A tool's message answers a call: take the id from the reply's Response.ToolCalls.",
            };
        }

        foreach (string file in new PathResolver(this).Files(Path, LiteralPath)) _content.AddFile(file, global::System.IO.Path.GetFileName(file));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) _content.Add(Content);
        else _content.AddUnrolled(Content);
        if (!_content.HasMessages && _content.Conversation is null) return;
        throw new GptChatException(GptErrorKind.InvalidInput, "-Content holds a message or a conversation, and a message cannot hold another")
        {
            Hint = "The comma binds tighter than a command: put New-GptMessage in parentheses, as in (New-GptMessage -Role System 'Be brief.'), 'List three colours.' | Invoke-GptChat.",
        };
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        // A tool may well have nothing to say; everyone else is expected to.
        if (!_content.HasContent && ToolCallId is null)
        {
            throw new GptChatException(MyInvocation.ExpectingInput ? GptErrorKind.NoInput : GptErrorKind.NoPrompt, "The message would be empty")
            {
                Hint = "Check what stands before the pipe or behind -Content: a file that is missing or empty, a variable that is not set.",
            };
        }

        WriteObject(new GptMessage { Role = Role.ToLowerInvariant(), Body = new MessageContent(_content.BuildText()), Name = Name, ToolCallId = ToolCallId });
    }
}
