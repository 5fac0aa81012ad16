using System;
using System.Management.Automation;
using GptChat.Cmdlets;

namespace GptChat.Output;

/// <summary>
/// Makes a reply: a real string, so that console, files, native commands and JSON treat it as the text it is, with the answer's
/// envelope as note properties, which work in every runspace and survive Clixml and jobs.
/// </summary>
internal static class Reply
{
    private const string TypeName = "GptChat.Reply";

    /// <summary>The reply of a response.</summary>
    /// <param name="response">The finished answer.</param>
    /// <param name="source">The input that it answers, for calls that answer many; else null.</param>
    /// <param name="index">The number of that input, from 0.</param>
    /// <param name="restored">Puts back into the text what redaction took out; null for the text as it came.</param>
    public static PSObject Create(GptResponse response, object? source = null, int index = 0, Func<string, string>? restored = null)
    {
        string text = response.Content ?? response.Message?.Audio?.Transcript ?? string.Empty;
        if (restored is not null) text = restored(text);
        var reply = new PSObject(text);

        // After System.String, not before it: at the front it would take the formatting of strings away.
        reply.TypeNames.Insert(1, TypeName);
        Note(reply, "Response", response);
        Note(reply, "Content", text);
        Note(reply, "Usage", response.Usage);
        Note(reply, "Cost", response.Cost);
        Note(reply, "FinishReason", response.FinishReason);
        Note(reply, "Model", response.Model);
        Note(reply, "Source", source);
        Note(reply, "Index", index);
        if (source is not null) Note(reply, "FromJournal", response.FromJournal);
        return reply;
    }

    /// <summary>The reply about an item of many, or about a part of one.</summary>
    public static PSObject Create(GptResponse response, BulkItem item)
    {
        PSObject reply = Create(response, item.Source, item.Index, item.Restoring is null ? null : item.Restoring.Text);
        if (item.Part == 0) return reply;
        Note(reply, "Part", item.Part);
        Note(reply, "PartCount", item.PartCount);
        return reply;
    }

    // Nothing else is there yet, so the engine need not look for a member of the same name.
    private static void Note(PSObject reply, string name, object? value) => reply.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
}
