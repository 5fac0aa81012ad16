using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests;

/// <summary>Looks at objects of the module, whose types the tests are not linked to, as a script does.</summary>
internal static class Inspection
{
    /// <summary>The value behind a path of properties such as <c>Response.Usage.TotalTokens</c>.</summary>
    public static object? Member(this object item, string path)
    {
        object? at = item;
        foreach (string name in path.Split('.'))
        {
            if (at is null) return null;
            PSPropertyInfo property = PSObject.AsPSObject(at).Properties[name] ?? throw new ArgumentException("There is no property " + name + " in " + at.GetType() + ".", nameof(path));
            at = property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        }

        return at;
    }

    /// <summary>The messages of a request, each as <c>role: content</c>.</summary>
    public static string[] Messages(this ReceivedRequest request) =>
        request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString() + ": " + message.GetProperty("content").GetString()).ToArray();

    /// <summary>The names of a request's members.</summary>
    public static IEnumerable<string> MemberNames(this ReceivedRequest request) => request.Json.EnumerateObject().Select(member => member.Name);

    public static string? Model(this ReceivedRequest request) => request.Json.GetProperty("model").GetString();

    /// <summary>Compares as JSON: the order of members does not matter, that of items does.</summary>
    public static void IsJson(this JsonElement actual, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(document.RootElement, actual), "Expected " + expected + "\nbut was " + actual.GetRawText());
    }

    /// <summary>Checks the id that scripts compare with, and that the error says something.</summary>
    public static ErrorRecord IsKind(this ErrorRecord error, string kind, string command = "InvokeGptChatCommand")
    {
        Assert.Equal("GptChat." + kind + ",GptChat.Cmdlets." + command, error.FullyQualifiedErrorId);
        Assert.Equal("GptChat.GptChatException", error.Exception.GetType().FullName);
        Assert.Equal(kind, error.Exception.Member("Kind")!.ToString());
        return error;
    }

    /// <summary>A property of the error's exception.</summary>
    public static object? Fact(this ErrorRecord error, string path) => error.Exception.Member(path);
}
