using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using GptChat.Schemas;
using GptChat.TestServer;
using Xunit;
using Xunit.Sdk;

namespace GptChat.Core.Tests.Schemas;

/// <summary>Whatever the official schemas allow in an answer is read back whole, and whatever else stands in it as well.</summary>
public sealed class AnswerSchemaTests
{
    private const int Seeds = 500;

    [OfficialSchemaFact]
    public Task A_plain_answer_is_read_back_whole() => ForEachSeed(PlainAnswerIsReadBackWhole);

    [OfficialSchemaFact]
    public Task A_stream_is_read_back_whole() => ForEachSeed(StreamIsReadBackWhole);

    /// <summary>What is never made is never looked for.</summary>
    [OfficialSchemaFact]
    public void Every_member_of_the_schemas_is_among_what_is_made()
    {
        foreach (JsonObject schema in new[] { OfficialSchemas.AnswerSchema, OfficialSchemas.ChunkSchema })
        {
            var random = new Random(7);
            HashSet<string> made = [.. Enumerable.Range(0, 300).SelectMany(_ => SchemaMembers.Used(Make(schema, random)))];
            Assert.Empty(SchemaMembers.Declared(schema).Except(made));
            Assert.Contains("X_Text", made);
        }
    }

    private static async Task PlainAnswerIsReadBackWhole(Random random)
    {
        JsonObject answer = Make(OfficialSchemas.AnswerSchema, random);
        string body = answer.ToJsonString();
        Assert.Empty(OfficialSchemas.AnswerErrors(body));
        answer["choices"] = new JsonArray([.. answer["choices"]!.AsArray().OrderBy(choice => choice!["index"]!.GetValue<long>()).Select(choice => choice!.DeepClone())]);
        Assert.Equal(Canonical.Text(answer), Projection.Of(Read(await InMemory.PlainAsync(body))));
    }

    private static async Task StreamIsReadBackWhole(Random random)
    {
        JsonObject[] chunks = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Make(OfficialSchemas.ChunkSchema, random))];
        string[] payloads = [.. chunks.Select(chunk => chunk.ToJsonString())];
        Assert.All(payloads, payload => Assert.Empty(OfficialSchemas.ChunkErrors(payload)));
        JsonObject expected = ReferenceMerge.Of(chunks);
        JsonObject actual = Projection.Node(Read(await InMemory.StreamAsync(InMemory.Events([.. payloads, Payloads.Done]))));
        foreach ((JsonObject said, JsonObject read) in Calls(expected).Zip(Calls(actual)))
        {
            // What it is called on the wire of a stream only: its place in the list tells the same.
            said.Remove("index");
            if (said["id"] is not null) continue;
            Assert.Matches("^call_[0-9a-f]{32}$", read["id"]!.GetValue<string>());
            read.Remove("id");
        }

        Assert.Equal(Canonical.Text(expected), Canonical.Text(actual));
    }

    /// <summary>Not a property of FsCheck: one that is skipped is not even mentioned.</summary>
    private static async Task ForEachSeed(Func<Random, Task> check)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                await check(new Random(seed));
            }
            catch (XunitException failure)
            {
                throw new XunitException("With the seed " + seed + ": " + failure.Message, failure);
            }
        }
    }

    private static JsonObject Make(JsonObject schema, Random random) => new InstanceGenerator(random).Make(schema)!.AsObject();

    /// <summary>The answer, also where it is none to a user: a refusal, or nothing at all.</summary>
    private static GptResponse Read(Outcome outcome) => outcome.Failure is null ? outcome.Response : Assert.IsType<GptResponse>(outcome.Failure.Response);

    private static IEnumerable<JsonObject> Calls(JsonObject answer) =>
        answer["choices"]!.AsArray().SelectMany(choice => choice!["message"]!["tool_calls"]?.AsArray() ?? []).Select(call => call!.AsObject());
}
