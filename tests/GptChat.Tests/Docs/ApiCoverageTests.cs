using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Tests.Requests;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The table of what the API can say is whole and true: no empty cell, nothing in it that does not exist.</summary>
public sealed partial class ApiCoverageTests : ModuleTest
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "api-coverage.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| member", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    private static readonly string Tests = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(File.ReadAllText));

    [Fact]
    public void No_cell_is_empty() => Assert.All(Rows, row =>
    {
        Assert.Equal(3, row.Length);
        Assert.All(row, Assert.NotEmpty);
    });

    [Fact]
    public void Every_parameter_and_property_exists()
    {
        Assert.True(Rows.Length > 75);
        Assert.All(Rows, row =>
        {
            string[] named = Plain(row[1]).Split(' ');
            if (named.Length == 1) Assert.True(Exists(named[0]), row[1]);
            else Assert.True((bool)InvokeOne("(Get-Command $name).Parameters.ContainsKey($parameter)", ("name", named[0]), ("parameter", named[1].TrimStart('-'))).BaseObject, row[1]);
        });
    }

    [Fact]
    public void An_error_about_a_member_names_the_parameter_that_sends_it()
    {
        System.Reflection.MethodInfo name = Core("GptChat.Errors.ParameterNames").GetMethod("CmdletParameter")!;
        string[][] sent = [.. Rows.TakeWhile(row => Plain(row[0]) != "functions").Where(row => Plain(row[0]) != "messages")];
        Assert.True(sent.Length > 30);
        Assert.All(sent, row => Assert.Contains(Plain(row[1]).Split(' ')[1], (string?)name.Invoke(null, [Plain(row[0])])));
    }

    [Fact]
    public void Every_test_exists() => Assert.All(Rows, row =>
    {
        string[] test = Plain(row[2]).Split('.');
        Assert.Matches(@"class " + test[0] + @"\b", Tests);
        Assert.Matches(@"\b" + test[1] + @"\(", Tests);
    });

    [Fact]
    public void Every_member_of_the_request_has_a_row()
    {
        IEnumerable<string> members = Core("GptChat.Wire.ChatParameters").GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).Where(name => name != "extra");
        Assert.Empty(members.Except(RequestMembers()));
    }

    [RealExchangeFact]
    public void Every_member_of_the_official_schema_has_a_row()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.RealExchanges, "..", "openai-chat.schema.json")));
        JsonElement definitions = document.RootElement.GetProperty("$defs");
        Assert.Empty(Members(definitions.GetProperty("CreateChatCompletionRequest"), definitions).Except(RequestMembers()));
    }

    private static IEnumerable<string> Members(JsonElement schema, JsonElement definitions)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference)) schema = definitions.GetProperty(reference.GetString()!.Split('/')[^1]);
        IEnumerable<string> own = schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(property => property.Name) : [];
        return schema.TryGetProperty("allOf", out JsonElement all) ? own.Concat(all.EnumerateArray().SelectMany(part => Members(part, definitions))) : own;
    }

    private static IEnumerable<string> RequestMembers() => Rows.Select(row => Plain(row[0]));

    /// <summary>Whether a path such as <c>Response.Choices.Logprobs</c> leads from type to type to a property.</summary>
    private static bool Exists(string path)
    {
        Type? at = Core("GptChat.GptResponse");
        foreach (string name in path.Split('.').Skip(1))
        {
            at = at?.GetProperty(name)?.PropertyType;
            if (at is { IsGenericType: true }) at = at.GetGenericArguments()[^1];
        }

        return at is not null;
    }

    private static Type Core(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "GptChat.Core").GetType(name, throwOnError: true)!;

    private static string Plain(string cell) => Code().Match(cell).Groups[1].Value;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
