using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Whatever comes through the pipeline, the request is made: valid, bounded, without an exception, without an end that never comes.</summary>
public sealed class RandomObjectTests : ModuleTest
{
    // A megabyte of text, three bytes a character at most, and what closes it.
    private const int MostCharacters = 3 * 1024 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 200 };

    private protected override bool IsConnected => false;

    [Property(MaxTest = 100)]
    public void Any_graph_is_valid_JSON(int seed, PositiveInt depth)
    {
        object item = new { Top = new RandomObjects(seed).Next() };
        string text = Sent(item, "Json", 1 + (depth.Get % 20));
        Assert.InRange(text.Length, 1, MostCharacters);
        Assert.DoesNotContain("hush", text);
        using JsonDocument document = JsonDocument.Parse(text, Deep);
        Assert.NotEqual(JsonValueKind.Undefined, document.RootElement.ValueKind);
    }

    [Property(MaxTest = 30)]
    public void Any_graph_can_be_written_in_the_other_forms(int seed, PositiveInt depth)
    {
        object item = new { Top = new RandomObjects(seed).Next(), Next = 1 };
        foreach (string form in new[] { "Csv", "List", "Text" })
        {
            string text = Sent(item, form, form == "Text" ? null : 1 + (depth.Get % 20));
            Assert.InRange(text.Length, 1, MostCharacters);
            Assert.DoesNotContain("hush", text);

            // At depth 1 only plain properties are sent.
            if (form == "Csv") Assert.Contains(text.Split('\n')[0], depth.Get % 20 == 0 ? ["Next", "Top,Next"] : new[] { "Top,Next" });
        }
    }

    private string Sent(object item, string form, int? depth)
    {
        Outcome outcome = Host.Run("$item | New-GptMessage -InputFormat $form @more", ("item", item), ("form", form), ("more", depth is null ? new System.Collections.Hashtable() : new System.Collections.Hashtable { ["Depth"] = depth })).RequireSuccess();
        return (string)Assert.Single(outcome.Output).Member("Content")!;
    }
}
