using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace GptChat.Connections;

/// <summary>The options of a gateway as headers, checked: what the gateway would drop in silence is refused here.</summary>
internal static class GatewayHeaders
{
    private const string GatewayIdHeader = "cf-aig-gateway-id";
    private const int MostEntries = 5;
    private const double MostCacheSeconds = 31 * 24 * 3600;

    private static readonly string[] Backoffs = { "constant", "linear", "exponential" };

    private static readonly (string Header, string Option, Func<GptGatewayOption, string?> Text)[] All =
    {
        (GatewayIdHeader, nameof(GptGatewayOption.GatewayId), option => option.GatewayId),
        ("cf-aig-skip-cache", nameof(GptGatewayOption.SkipCache), option => Flag(option.SkipCache)),
        ("cf-aig-cache-ttl", nameof(GptGatewayOption.CacheTtlSeconds), option => Number(option.CacheTtlSeconds)),
        ("cf-aig-cache-key", nameof(GptGatewayOption.CacheKey), option => option.CacheKey),
        ("cf-aig-collect-log", nameof(GptGatewayOption.CollectLog), option => Flag(option.CollectLog)),
        ("cf-aig-request-timeout", nameof(GptGatewayOption.RequestTimeoutSeconds), option => Number(option.RequestTimeoutSeconds * 1000)),
        ("cf-aig-max-attempts", nameof(GptGatewayOption.MaxAttempts), option => Number(option.MaxAttempts)),
        ("cf-aig-retry-delay", nameof(GptGatewayOption.RetryDelaySeconds), option => Number(option.RetryDelaySeconds * 1000)),
        ("cf-aig-backoff", nameof(GptGatewayOption.Backoff), option => option.Backoff?.ToLowerInvariant()),
        ("cf-aig-metadata", nameof(GptGatewayOption.Metadata), option => Json(option.Metadata)),
        ("cf-aig-custom-cost", nameof(GptGatewayOption.CustomCost), option => Json(option.CustomCost)),
        ("cf-aig-zdr", nameof(GptGatewayOption.ZeroDataRetention), option => Flag(option.ZeroDataRetention)),
        ("cf-aig-byok-alias", nameof(GptGatewayOption.ByokAlias), option => option.ByokAlias),

        // Its absence is the no.
        ("cf-aig-no-wholesale", nameof(GptGatewayOption.NoWholesale), option => option.NoWholesale == true ? "true" : null),
    };

    /// <summary>The names of the options, for completion and errors.</summary>
    public static IEnumerable<string> Options => All.Select(entry => entry.Option);

    /// <summary>The option that sets a header; null where none does.</summary>
    public static string? OptionOf(string header) => All.Where(entry => string.Equals(entry.Header, header, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Option).FirstOrDefault();

    /// <summary>The headers of a call: what it says itself, else what its connection says.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(GptGatewayOption? call, GptGatewayOption? connection)
    {
        foreach ((string header, string option, Func<GptGatewayOption, string?> text) in All)
        {
            GptGatewayOption? source = call is not null && IsSet(call, option) ? call : connection;
            if (source is not null && text(source) is { } value) yield return new KeyValuePair<string, string>(header, value);
        }
    }

    /// <summary>The value that holds for a call.</summary>
    public static int? MaxAttempts(GptGatewayOption? call, GptGatewayOption? connection) => call?.MaxAttempts ?? connection?.MaxAttempts;

    /// <summary>A copy that later changes of the original do not reach.</summary>
    public static GptGatewayOption Copy(GptGatewayOption option) => new()
    {
        GatewayId = option.GatewayId,
        SkipCache = option.SkipCache,
        CacheTtlSeconds = option.CacheTtlSeconds,
        CacheKey = option.CacheKey,
        CollectLog = option.CollectLog,
        RequestTimeoutSeconds = option.RequestTimeoutSeconds,
        MaxAttempts = option.MaxAttempts,
        RetryDelaySeconds = option.RetryDelaySeconds,
        Backoff = option.Backoff,
        Metadata = option.Metadata is null ? null : Ordered(option.Metadata),
        CustomCost = option.CustomCost is null ? null : Ordered(option.CustomCost),
        ZeroDataRetention = option.ZeroDataRetention,
        ByokAlias = option.ByokAlias,
        NoWholesale = option.NoWholesale,
    };

    /// <summary>Throws for the first value that the gateway would refuse or drop.</summary>
    /// <param name="option">The options.</param>
    /// <param name="provider">Where they are to be sent.</param>
    /// <param name="parameter">The parameter they were given with.</param>
    /// <exception cref="GptChatException">Names the option.</exception>
    public static void Require(GptGatewayOption option, GptProvider provider, string parameter)
    {
        if (provider is not (GptProvider.Cloudflare or GptProvider.CloudflareGateway))
        {
            throw Invalid(parameter + " is for Cloudflare, and this connection is not", "Without it the request would go out unprotected by what it asks for: leave it out, or connect with -Provider Cloudflare or CloudflareGateway.");
        }

        if (option.GatewayId is { } gateway)
        {
            Endpoint.Gateway(gateway, parameter + ": GatewayId");
            if (provider == GptProvider.CloudflareGateway) throw Invalid(parameter + ": GatewayId has no meaning here", "The gateway is part of this connection's address: connect to another one instead.");
        }

        Within(option.CacheTtlSeconds, 60, MostCacheSeconds, parameter, nameof(option.CacheTtlSeconds));
        Within(option.RequestTimeoutSeconds, 0.001, 24 * 3600, parameter, nameof(option.RequestTimeoutSeconds));
        Within(option.MaxAttempts, 1, 5, parameter, nameof(option.MaxAttempts));
        Within(option.RetryDelaySeconds, 0, 5, parameter, nameof(option.RetryDelaySeconds));
        if (option.Backoff is { } backoff && !Backoffs.Contains(backoff, StringComparer.OrdinalIgnoreCase)) throw Invalid(parameter + ": Backoff is not '" + backoff + "'", "It is " + string.Join(", ", Backoffs) + ".");
        Line(option.CacheKey, parameter, nameof(option.CacheKey));
        Line(option.ByokAlias, parameter, nameof(option.ByokAlias));
        Flat(option.Metadata, parameter, nameof(option.Metadata), numbersOnly: false);
        Flat(option.CustomCost, parameter, nameof(option.CustomCost), numbersOnly: true);
    }

    private static OrderedDictionary Ordered(IDictionary entries)
    {
        var copy = new OrderedDictionary();
        foreach (DictionaryEntry entry in entries) copy.Add(entry.Key, entry.Value);
        return copy;
    }

    private static bool IsSet(GptGatewayOption option, string name) => name switch
    {
        nameof(GptGatewayOption.NoWholesale) => option.NoWholesale is not null,
        _ => All.First(entry => entry.Option == name).Text(option) is not null,
    };

    private static void Within(double? value, double least, double most, string parameter, string name)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            throw Invalid(string.Format(CultureInfo.InvariantCulture, "{0}: {1} is {2}", parameter, name, number), string.Format(CultureInfo.InvariantCulture, "It lies between {0} and {1}.", least, most));
        }
    }

    private static void Line(string? value, string parameter, string name)
    {
        if (value is not null && (value.Trim().Length == 0 || value.Any(character => character is < ' ' or > '~'))) throw Invalid(parameter + ": " + name + " is not one line of ASCII", "Is the variable set?");
    }

    private static void Flat(IDictionary? entries, string parameter, string name, bool numbersOnly)
    {
        if (entries is null) return;
        if (!numbersOnly && entries.Count > MostEntries) throw Invalid(parameter + ": " + name + " has " + entries.Count + " entries", "The gateway keeps " + MostEntries + " and drops the rest.");
        foreach (DictionaryEntry entry in entries)
        {
            bool isGood = IsNumber(entry.Value) || (!numbersOnly && entry.Value is string or bool);
            if (!isGood)
            {
                throw Invalid(
                    parameter + ": " + name + "." + entry.Key + " is " + (entry.Value is null ? "nothing" : Errors.Article.With(entry.Value.GetType().Name)),
                    numbersOnly ? "Costs are numbers." : "The gateway takes text, numbers and booleans, and nothing that nests.");
            }
        }
    }

    private static bool IsNumber(object? value) => value is byte or sbyte or short or ushort or int or uint or long or ulong or decimal
        || value is float single && !float.IsNaN(single) && !float.IsInfinity(single)
        || value is double number && !double.IsNaN(number) && !double.IsInfinity(number);

    private static string? Flag(bool? value) => value is { } flag ? (flag ? "true" : "false") : null;

    private static string? Number(double? value) => value is { } number ? Math.Round(number).ToString("0", CultureInfo.InvariantCulture) : null;

    /// <summary>A header is ASCII: the writer's default escapes everything else.</summary>
    private static string? Json(IDictionary? entries)
    {
        if (entries is null) return null;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (DictionaryEntry entry in entries)
            {
                writer.WritePropertyName(entry.Key.ToString() ?? string.Empty);
                if (entry.Value is string text) writer.WriteStringValue(text);
                else if (entry.Value is bool flag) writer.WriteBooleanValue(flag);
                else writer.WriteNumberValue(Convert.ToDecimal(entry.Value, CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.ToArray());
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
