using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace GptChat.Prices;

/// <summary>
/// Reads a list of prices: <c>{"models": {"NAME": {"input": 1.25, "cachedInput": 0.125, "output": 10, "contextWindow": 128000,
/// "maxOutputTokens": 16384}}}</c>, in US dollars for a million tokens. A member that is not known is a mistake in writing, and an error.
/// </summary>
internal static class PriceFile
{
    private const string Hint = "The form is {\"models\": {\"NAME\": {\"input\": 1.25, \"cachedInput\": 0.125, \"output\": 10}}}, in US dollars for a million tokens. No price was changed.";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="GptChatException">It cannot be read, or is no such list.</exception>
    public static IReadOnlyList<GptPrice> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new GptChatException(GptErrorKind.FileNotReadable, "The prices in '" + path + "' cannot be read: " + failure.Message, failure)
            {
                Hint = "Check the path and its permissions. No price was changed.",
                Target = path,
            };
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="utf8">The bytes, with or without a byte order mark.</param>
    /// <param name="name">What the list is called in errors and as the source of its prices.</param>
    /// <exception cref="GptChatException">They are no such list.</exception>
    public static IReadOnlyList<GptPrice> Parse(byte[] utf8, string name)
    {
        ReadOnlyMemory<byte> json = utf8.AsSpan().StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }) ? utf8.AsMemory(3) : utf8;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Prices(document.RootElement, name);
        }
        catch (JsonException failure)
        {
            throw Wrong(name, "it is not JSON: " + failure.Message, failure);
        }
    }

    private static List<GptPrice> Prices(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("models", out JsonElement models) || models.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "it has no object 'models'");
        }

        string source = root.TryGetProperty("date", out JsonElement date) && date.ValueKind == JsonValueKind.String ? name + ", " + date.GetString() : name;
        if (root.TryGetProperty("currency", out JsonElement currency) && !(currency.ValueKind == JsonValueKind.String && currency.ValueEquals("USD")))
        {
            throw Wrong(name, "its currency is not USD, and costs of two currencies cannot be added");
        }

        var prices = new List<GptPrice>();
        foreach (JsonProperty model in models.EnumerateObject()) prices.Add(Price(model, name, source));
        return prices;
    }

    private static GptPrice Price(JsonProperty model, string name, string source)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (model.Name.Trim().Length == 0 || model.Value.ValueKind != JsonValueKind.Object) throw Wrong(name, "'" + model.Name + "' is no model with an object of prices");
        foreach (JsonProperty member in model.Value.EnumerateObject())
        {
            if (member.Name is not ("input" or "cachedInput" or "output" or "contextWindow" or "maxOutputTokens" or "imageTokens")) throw Wrong(name, "'" + member.Name + "' of '" + model.Name + "' is not known");
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetDecimal(out decimal number) || number < 0 || number > long.MaxValue)
            {
                throw Wrong(name, "'" + member.Name + "' of '" + model.Name + "' is not a number from 0 up");
            }

            numbers[member.Name] = number;
        }

        if (!numbers.TryGetValue("input", out decimal input) || !numbers.TryGetValue("output", out decimal output)) throw Wrong(name, "'" + model.Name + "' needs both 'input' and 'output'");
        return new GptPrice(model.Name, input, output)
        {
            CachedInput = Number("cachedInput"),
            ContextWindow = (long?)Number("contextWindow"),
            MaxOutputTokens = (long?)Number("maxOutputTokens"),
            ImageTokens = (long?)Number("imageTokens"),
            Source = source,
        };

        decimal? Number(string member) => numbers.TryGetValue(member, out decimal number) ? number : null;
    }

    private static GptChatException Wrong(string name, string problem, Exception? inner = null) =>
        new(GptErrorKind.InvalidInput, "The prices in '" + name + "' cannot be used: " + problem, inner) { Hint = Hint, Target = name };
}
