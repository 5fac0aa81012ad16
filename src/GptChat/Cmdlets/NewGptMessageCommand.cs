using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.Completion;
using GptChat.Content;
using GptChat.Copies;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a message of any role, to be piped to Invoke-GptChat.</para>
/// <para type="description">Everything that is piped in or given becomes one message: text, images, sound, documents. Any of them suffices.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "GptMessage", HelpUri = HelpPage.Folder + "New-GptMessage.md")]
[OutputType(typeof(GptMessage))]
public sealed partial class NewGptMessageCommand : GptCmdlet
{
    private PromptBuilder? _content;

    /// <summary>What the message says: text, lines, files, bytes of an image or any objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? Content { get; set; }

    /// <summary>Who speaks. Function is what Tool was before, for old servers.</summary>
    [Parameter]
    [ValidateSet("System", "Developer", "User", "Assistant", "Tool", "Function")]
    public string Role { get; set; } = "User";

    /// <summary>Files whose content is put into the message: text, images, sound (WAV, MP3), PDF. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files whose content is put into the message: text, images, sound (WAV, MP3), PDF. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Send the files of -Path and -LiteralPath as files, whatever they are, to providers that read such files (Office documents, for one).</summary>
    [Parameter]
    public SwitchParameter AsFile { get; set; }

    /// <summary>Addresses of images that the provider fetches: http or https, or a data: address that holds the image.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Uri { get; set; }

    /// <summary>How closely images are looked at: auto, low, high. It decides what they cost.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DetailCompleter))]
    [TextArgument]
    public string? Detail { get; set; }

    /// <summary>Ids of files that the provider was given before.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? FileId { get; set; }

    /// <summary>Mark the end of the message as the end of what a provider that caches prompts should keep, for models that take such marks.</summary>
    [Parameter]
    public SwitchParameter PromptCacheBreakpoint { get; set; }

    /// <summary>A name that tells speakers of the same role apart; for the role Function, the name of the function.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Name { get; set; }

    /// <summary>The id of the tool call that a message of the role Tool answers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? ToolCallId { get; set; }

    /// <summary>The calls that a message of the role Assistant asks for: those of a reply's Response.ToolCalls, or hashtables or JSON in the protocol's shape.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object[]? ToolCall { get; set; }

    /// <summary>The words with which a message of the role Assistant declines.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument(IsContent = true)]
    public string? Refusal { get; set; }

    /// <summary>The id of a spoken answer that a message of the role Assistant stands for: that of a reply's Response.Message.Audio.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? AudioId { get; set; }

    // The detail of images is known only when the parameters are bound.
    private PromptBuilder Input => _content ??= new PromptBuilder(ObjectFormats.Create(InputFormat, new ObjectJson(Property, Depth, WriteVerbose, StopToken, WriteWarning)), WriteVerbose, Detail is null ? null : Words.Spelled(Detail, Words.Detail));

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RequireRole();
        ObjectFormats.RequireUse(InputFormat, MyInvocation.BoundParameters);

        // What is given with the call heads the message, as a prompt does; what is piped in follows the files.
        if (MyInvocation.ExpectingInput) AddFiles();
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) Input.Add(Content);
        else Input.AddUnrolled(Content);
        if (!Input.HasMessages && Input.Conversation is null) return;
        throw new GptChatException(GptErrorKind.InvalidInput, "-Content holds a message or a conversation, and a message cannot hold another")
        {
            Hint = "The comma binds tighter than a command: put New-GptMessage in parentheses, as in (New-GptMessage -Role System 'Be brief.'), 'List three colours.' | Invoke-GptChat.",
        };
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (!MyInvocation.ExpectingInput) AddFiles();

        // A tool may well have nothing to say, and a call says enough; everyone else is expected to say something.
        bool needsContent = ToolCallId is null && ToolCall is null && Refusal is null && AudioId is null && !IsRole(Roles.Function);
        if (!Input.HasContent && needsContent)
        {
            throw new GptChatException(MyInvocation.ExpectingInput ? GptErrorKind.NoInput : GptErrorKind.NoPrompt, "The message would be empty")
            {
                Hint = "Check what stands before the pipe or behind -Content: a file that is missing or empty, a variable that is not set.",
            };
        }

        if (Input.HasMedia && !IsRole(Roles.User)) throw Invalid("A message of the role " + Role + " cannot hold images, sound or files", "Only those of the user can: leave -Role out.");
        WriteObject(new GptMessage
        {
            Role = Role.ToLowerInvariant(),
            Body = Body(),
            Name = Name,
            ToolCallId = ToolCallId,
            Calls = Calls(),
            Refusal = Refusal,
            Audio = AudioId is null ? null : new GptAudio { Id = AudioId },
        });
    }

    private MessageContent? Body()
    {
        if (!Input.HasContent && IsRole(Roles.Assistant)) return null;
        bool hasImages = Input.HasImages;
        MessageContent content = Input.BuildContent();
        if (Detail is not null && !hasImages) throw Invalid("-Detail is about images, and the message holds none", "Leave it out.");
        if (!PromptCacheBreakpoint) return content;
        List<GptContentPart> parts = content.Parts.ToList();
        parts[parts.Count - 1] = parts[parts.Count - 1].WithCacheBreakpoint();
        return new MessageContent(parts);
    }

    private List<GptToolCall>? Calls() => ToolCall?.Select(call => Copy.BaseOf(call) as GptToolCall ?? ReadCall(call)).ToList();

    private static GptToolCall ReadCall(object call)
    {
        JsonElement json = ObjectJson.ToElement(call, "-ToolCall");
        GptToolCall? read = json.ValueKind == JsonValueKind.Object ? json.Deserialize(WireJson.Default.GptToolCall) : null;
        return read is { Name.Length: > 0 } ? read : throw Invalid(
            "-ToolCall is no call of a tool", "It looks like @{ id = 'call_1'; type = 'function'; function = @{ name = 'get_time'; arguments = '{}' } }, or comes from a reply's Response.ToolCalls.");
    }

    private void AddFiles()
    {
        foreach (string file in new PathResolver(this).Files(Path, LiteralPath)) AddFile(file);
        foreach (object uri in Uri ?? []) Input.AddMedia(MediaPart.FromAddress(Address(uri), Detail is null ? null : Words.Spelled(Detail, Words.Detail)), 0);
        foreach (string id in FileId ?? []) Input.AddMedia(MediaPart.FromFileId(id), 0);
    }

    private void AddFile(string file)
    {
        string name = global::System.IO.Path.GetFileName(file);
        if (AsFile) Input.AddRawFile(file, name);
        else Input.AddFile(file, name);
    }

    private void RequireRole()
    {
        bool isTool = IsRole(Roles.Tool);
        if (isTool == ToolCallId is null)
        {
            throw Invalid(isTool ? "A message of the role Tool needs -ToolCallId" : "-ToolCallId needs -Role Tool", "A tool's message answers a call: take the id from the reply's Response.ToolCalls.");
        }

        if (IsRole(Roles.Function) && Name is null) throw Invalid("A message of the role Function needs -Name", "It is the name of the function that was called.");
        if (AsFile && Path is null && LiteralPath is null) throw Invalid("-AsFile needs -Path or -LiteralPath", "It says how those files are sent.");
        if (IsRole(Roles.Assistant)) return;
        string? given = new[] { nameof(ToolCall), nameof(Refusal), nameof(AudioId) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        if (given is not null) throw Invalid("-" + given + " needs -Role Assistant", "Only the model calls tools, declines and answers aloud.");
    }

    /// <summary>
    /// An address as it goes out. A Uri becomes text by AbsoluteUri: ToString unescapes %20 and breaks signed addresses. One that holds the
    /// image is never made a Uri, which .NET limits to 65,519 characters before version 10.
    /// </summary>
    private static string Address(object given)
    {
        object plain = (given as PSObject)?.BaseObject ?? given;
        string text = plain is Uri uri ? (uri.IsAbsoluteUri ? uri.AbsoluteUri : uri.OriginalString) : plain.ToString()?.Trim() ?? string.Empty;
        if (text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)) return text;
        if (global::System.Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address!.AbsoluteUri;
        string shown = text.Length > 60 ? text.Substring(0, 60) + "…" : text;
        throw Invalid("-Uri '" + shown + "' is not the address of an image", "Give an http or https address, or data:image/…; files of this machine go into -Path.");
    }

    private bool IsRole(string role) => string.Equals(Role, role, StringComparison.OrdinalIgnoreCase);

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
