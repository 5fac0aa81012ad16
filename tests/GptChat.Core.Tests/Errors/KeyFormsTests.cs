using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GptChat.Errors;
using Xunit;

namespace GptChat.Core.Tests.Errors;

/// <summary>Looking for the shapes of keys in short texts finds all that looking with all shapes would.</summary>
public sealed class KeyFormsTests
{
    private const string Key = "sk-proj-Q7+w/9_x-R2LmZ4bT8cVyN5aKdE1fGhJ0oPqSuXw3";

    [Fact]
    public void No_text_gives_no_shape() => Assert.Empty(KeyForms.In(["req-1", "application/json", "Wed, 25 Nov 2026 10:00:00 GMT"], [Key]));

    [Fact]
    public void Without_keys_there_are_no_shapes() => Assert.Empty(KeyForms.In([Key], []));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_key_is_found_in_any_shape_and_at_any_place(int before)
    {
        string lead = new('x', before);
        foreach (string shape in new[] { Key, Uri.EscapeDataString(Key), Encoded(lead + Key), Encoded(lead + Key).Replace('+', '-').Replace('/', '_'), Key[^10..], Key[20..30] })
        {
            KeyForms[] found = KeyForms.In(["quiet", lead + shape], ["another-key-that-is-not-there-1234567890", Key]);
            KeyForms only = Assert.Single(found);
            Assert.Contains(KeyForms.Masked, only.Mask(lead + shape), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_with_quotes_is_found_as_JSON_writes_it()
    {
        const string Quoted = "{\"account\":\"a-1\",\"token\":\"t0ps3cret!\"}";
        Assert.Single(KeyForms.In([Quoted.Replace("\"", "\\\"", StringComparison.Ordinal)], [Quoted]));
    }

    /// <summary>What masking with all shapes changes is never passed over.</summary>
    [Property(MaxTest = 500)]
    public Property Nothing_is_passed_over()
    {
        Gen<string> part = Gen.Elements("sk-", "Bearer ", "=", "/", "+", "*", "abcd", "Zz9_", "\"", "é", "漢", "0123");
        Gen<string> text = part.ListOf().Select(string.Concat);
        return Prop.ForAll(
            (from key in text from texts in text.ListOf() from cut in Gen.Choose(0, 40) select (Key: key, Texts: texts.Append(key).Append(key[Math.Min(cut, key.Length)..]).Append(Encoded(key)).ToArray())).ToArbitrary(),
            sample =>
            {
                var all = new KeyForms(sample.Key);
                bool isThere = sample.Texts.Any(one => all.Mask(one) != one);
                return !isThere || KeyForms.In(sample.Texts, [sample.Key]).Length == 1;
            });
    }

    /// <summary>The answer to a request with a key costs no table of that key's parts.</summary>
    [Fact(Skip = OnlyOnNet.Allocations)]
    public void Looking_in_vain_makes_little()
    {
        string[] texts = ["req-1", "application/json; charset=utf-8", "Wed, 25 Nov 2026 10:00:00 GMT", "chunked"];
        string key = string.Concat(Enumerable.Range(0, 40).Select(at => (at * 7919 % 9973).ToString("0000", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty(KeyForms.In(texts, [key]));
        string[] keys = [key];
        long before = GC.GetAllocatedBytesForCurrentThread();
        KeyForms.In(texts, keys);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * key.Length);
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
