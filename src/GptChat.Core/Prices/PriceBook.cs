using System;
using System.Collections.Generic;
using System.IO;

namespace GptChat.Prices;

/// <summary>The prices of a session: what the user said, then the file that a variable names, then the list that ships.</summary>
internal sealed class PriceBook
{
    /// <summary>The variable that may name a file of prices.</summary>
    public const string Variable = "GPTCHAT_PRICES";

    private readonly object _gate = new();
    private readonly Dictionary<string, GptPrice> _own = new(StringComparer.OrdinalIgnoreCase);
    private PriceTable _ofUser = new(Array.Empty<GptPrice>());
    private PriceTable _ofFile = new(Array.Empty<GptPrice>());
    private (string? Path, DateTime Written, long Length) _file;

    /// <summary>Takes a price, in place of any other of the model.</summary>
    /// <returns>What counts now: what it does not say of the model's size stays as it was known.</returns>
    public GptPrice Set(GptPrice price)
    {
        GptPrice? known = Find(price.Model, null, isShippedIncluded: true);
        var merged = new GptPrice(price.Model, price.Input, price.Output)
        {
            CachedInput = price.CachedInput,
            ContextWindow = price.ContextWindow ?? known?.ContextWindow,
            MaxOutputTokens = price.MaxOutputTokens ?? known?.MaxOutputTokens,
            ImageTokens = price.ImageTokens ?? known?.ImageTokens,
            Source = price.Source,
        };
        lock (_gate)
        {
            _own[merged.Model] = merged;
            _ofUser = new PriceTable(_own.Values);
        }

        return merged;
    }

    /// <summary>Forgets what the user said.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _own.Clear();
            _ofUser = new PriceTable(Array.Empty<GptPrice>());
        }
    }

    /// <summary>Reads the file that the variable names, unless it was read already.</summary>
    /// <exception cref="GptChatException">It cannot be read: whoever sets a variable means it.</exception>
    public void ReadFile(Func<string, string?> variable)
    {
        string? path = variable(Variable);
        if (string.IsNullOrWhiteSpace(path)) path = null;
        var file = path is null ? null : new FileInfo(path);
        (string?, DateTime, long) now = file is { Exists: true } ? (path, file.LastWriteTimeUtc, file.Length) : (path, default, 0);
        lock (_gate)
        {
            if (now == _file && (path is null || file!.Exists)) return;
            _ofFile = new PriceTable(path is null ? Array.Empty<GptPrice>() : OfVariable(file!.FullName));
            _file = now;
        }
    }

    /// <summary>Whoever reads of a file that no parameter named must be told where its name came from.</summary>
    private static IReadOnlyList<GptPrice> OfVariable(string path)
    {
        try
        {
            return PriceFile.Read(path);
        }
        catch (GptChatException failure)
        {
            failure.Hint = "The file is the one that the variable " + Variable + " names: correct it, or unset the variable. " + failure.Hint;
            throw;
        }
    }

    /// <summary>What a model costs where it is served; null where that is not known.</summary>
    /// <param name="provider">Who serves it. What runs on machines of one's own has no list price, whatever its name.</param>
    /// <param name="asked">The name that was asked for.</param>
    /// <param name="answered">The name that the answer has, which is the better one: a deployment may be called anything.</param>
    public GptPrice? Find(GptProvider provider, string? asked, string? answered = null)
    {
        bool isLocal = provider is GptProvider.Ollama or GptProvider.LMStudio or GptProvider.LlamaCpp or GptProvider.Vllm;
        return Find(asked, answered, isShippedIncluded: !isLocal);
    }

    private GptPrice? Find(string? asked, string? answered, bool isShippedIncluded)
    {
        PriceTable ofUser, ofFile;
        lock (_gate) (ofUser, ofFile) = (_ofUser, _ofFile);
        return ofUser.Find(asked) ?? ofUser.Find(answered) ?? ofFile.Find(asked) ?? ofFile.Find(answered)
            ?? (isShippedIncluded ? PriceTable.Shipped.Find(answered) ?? PriceTable.Shipped.Find(asked) : null);
    }
}
