using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.Schemas;

/// <summary>The requests of the suite in a real shell, which the server has kept, compared with the official schemas after that suite.</summary>
public sealed class ShellRequestTests
{
    private const string Variable = "GPTCHAT_TEST_REQUESTS";

    /// <summary>What a test says in its prompt that sends something else on purpose.</summary>
    private const string Outside = "outside the schema";

    [ShellRequestsFact]
    public void Every_request_is_inside_the_schemas_unless_it_says_otherwise()
    {
        string[] bodies = [.. Directory.EnumerateFiles(Environment.GetEnvironmentVariable(Variable)!, "*.jsonl").SelectMany(File.ReadLines).Distinct()];
        Assert.True(bodies.Length > 50, "Only " + bodies.Length + " requests were kept.");
        var wrong = new List<string>();
        foreach (string body in bodies)
        {
            IReadOnlyList<string> errors = OfficialSchemas.RequestErrors(body);
            bool isMeant = body.Contains(Outside, StringComparison.Ordinal);
            if (isMeant && errors.Count == 0) wrong.Add("Says that it is outside and is not: " + Short(body));
            if (!isMeant && errors.Count > 0) wrong.Add(string.Join("; ", errors) + " in " + Short(body));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static string Short(string body) => body.Length > 600 ? body[..600] + "…" : body;

    /// <summary>A test that needs the official schemas and the requests of the other suite.</summary>
    private sealed class ShellRequestsFactAttribute : FactAttribute
    {
        public ShellRequestsFactAttribute() => Skip = OfficialSchemas.Missing
            ?? (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? "No requests of the suite in a real shell are given: " + Variable + " names their folder." : null);
    }
}
