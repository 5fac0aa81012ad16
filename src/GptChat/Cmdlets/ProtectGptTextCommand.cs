using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Redaction;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Shows what redaction would leave of a text.</para>
/// <para type="description">Everything that is piped in or given becomes one text, as Invoke-GptChat -Redact would send it: with placeholders where secrets were. Nothing is sent. The text's property Redactions tells what was taken out.</para>
/// </summary>
/// <output cref="string">The text as it would be sent. Its property Redactions lists what was taken out, by kind and number, without the values.</output>
[Cmdlet(VerbsSecurity.Protect, "GptText", HelpUri = HelpPage.Folder + "Protect-GptText.md")]
[OutputType(typeof(string))]
public sealed class ProtectGptTextCommand : GptInputCmdlet
{
    private static readonly string[] Everywhere = { "text" };

    private PromptBuilder? _input;

    /// <summary>What is taken out: Secret, Email, IPAddress, All; None for own patterns alone. If not given: what the current connection takes out, else Secret.</summary>
    [Parameter]
    public GptRedactionKind RedactKind { get; set; } = GptRedactionKind.Secret;

    /// <summary>Own patterns to take out: regular expressions, or a hashtable with a name for each. Those of the current connection are looked for too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RedactPatternCompleter))]
    public object[]? RedactPattern { get; set; }

    private PromptBuilder Input => _input ??= new PromptBuilder(NewFormat(), WriteVerbose);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RequireForm();
        foreach (string file in GivenFiles()) Input.AddFile(file, global::System.IO.Path.GetFileName(file));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) Input.Add(InputObject);
        else Input.AddUnrolled(InputObject);
        if (!Input.HasMessages && Input.Conversation is null) return;
        throw new GptChatException(GptErrorKind.InvalidInput, "The input holds a message or a conversation")
        {
            Hint = "Pipe its text ($message.Content), or look at the request: $messages | Invoke-GptChat -Redact -WhatIf -InformationVariable r; $r.MessageData.Body.",
        };
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        RedactionRules rules = Rules();
        if (Input.HasMedia) WriteWarning("Images, sound and documents are left out here, and -Redact sends them as they are: it does not look into them.");
        if (!Input.HasContent) return;
        string text = Input.BuildText();
        var vault = new RedactionVault();
        string clean = Stoppable.Run(() => new Redactor(rules, vault, StopToken).Redact(text), StopToken);
        var output = new PSObject(clean);
        GptRedaction[] redactions = PlaceholderText.In(clean)
            .Where(place => vault.Knows(place.Text))
            .GroupBy(place => place.Text)
            .Select(group => new GptRedaction(group.First().Kind, group.Key, group.Count(), Everywhere))
            .ToArray();
        output.Properties.Add(new PSNoteProperty("Redactions", redactions));
        WriteObject(output);
    }

    private RedactionRules Rules()
    {
        RedactionRules? usual = Session.DefaultConnection?.Redaction;
        GptRedactionKind kinds = MyInvocation.BoundParameters.ContainsKey(nameof(RedactKind)) ? RedactKind : usual?.Kinds ?? GptRedactionKind.Secret;
        IReadOnlyList<RedactionPattern> own = RedactionArgument.Patterns(RedactPattern, "-" + nameof(RedactPattern));
        RedactionRules all = new RedactionRules(kinds, own).With(usual);
        return RedactionArgument.Rules(all.Kinds, all.Patterns);
    }
}
