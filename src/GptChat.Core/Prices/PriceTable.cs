using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace GptChat.Prices;

/// <summary>The prices of models by name, also those with a provider's prefix or a date. It does not change.</summary>
internal sealed class PriceTable
{
    private const string FileName = "GptChat.Prices.json";

    private static readonly Lazy<PriceTable> Loaded = new(() => new PriceTable(PriceFile.Read(ShippedPath)));

    private readonly Dictionary<string, GptPrice> _prices = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A table of these prices; of two for one model the later counts.</summary>
    public PriceTable(IEnumerable<GptPrice> prices)
    {
        foreach (GptPrice price in prices) _prices[price.Model] = price;
    }

    /// <summary>The list that ships with the module, beside its assemblies.</summary>
    public static PriceTable Shipped => Loaded.Value;

    /// <summary>Loads that list on another thread, so that nobody waits for it. A failure is that of whoever wants a price.</summary>
    public static void BeginToLoad()
    {
        if (!Loaded.IsValueCreated) _ = Task.Run(static () => Shipped);
    }

    /// <summary>Where that list is.</summary>
    public static string ShippedPath => Path.Combine(Path.GetDirectoryName(typeof(PriceTable).Assembly.Location) ?? string.Empty, FileName);

    /// <summary>All prices.</summary>
    public IEnumerable<GptPrice> Prices => _prices.Values;

    /// <summary>What a model costs and holds; null where that is not known.</summary>
    public GptPrice? Find(string? model)
    {
        if (model is null || _prices.Count == 0) return null;
        foreach (string name in ModelName.Forms(model))
        {
            if (_prices.TryGetValue(name, out GptPrice? price)) return price;
        }

        return null;
    }
}
