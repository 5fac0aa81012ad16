using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace GptChat.Typing;

/// <summary>
/// Lets an object carry the envelope of the answer that it came in: a member set named Response, which stays out of tables, CSV and
/// JSON. Values of value types are left as they are: their boxes are shared.
/// </summary>
internal static class TypedReply
{
    private const string Name = "Response";

    /// <summary>The object to output.</summary>
    /// <param name="value">What was made of the answer.</param>
    /// <param name="chunk">What came of the answer, the last of it with its response, and which part of the input it is about.</param>
    /// <param name="source">The input that it is about, in calls that ask about many; else null.</param>
    /// <param name="index">The number of that input, from 0.</param>
    public static object? Create(object? value, GptChunk chunk, object? source, int index)
    {
        GptResponse? response = chunk.Response;
        object? plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is null || plain is ValueType) return value;
        PSObject reply = plain is string text ? new PSObject(text) : PSObject.AsPSObject(value!);

        // A member of the user's of that name is worth more than the envelope, which -ResponseVariable hands over too.
        if (reply.Members[Name] is not null) return value;
        var envelope = new List<PSMemberInfo>
        {
            new PSNoteProperty("Usage", response?.Usage),
            new PSNoteProperty("Model", response?.Model),
            new PSNoteProperty("FinishReason", response?.FinishReason),
            new PSNoteProperty("Source", source),
            new PSNoteProperty("Index", index),
            new PSNoteProperty("Object", response),
        };
        if (chunk.Part > 0)
        {
            envelope.Add(new PSNoteProperty("Part", chunk.Part));
            envelope.Add(new PSNoteProperty("PartCount", chunk.PartCount));
        }

        reply.Members.Add(new PSMemberSet(Name, envelope));
        return reply;
    }
}
