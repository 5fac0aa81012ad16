using System;
using System.Text.RegularExpressions;

namespace GptChat.Connections;

/// <summary>
/// Azure's two addresses. The v1 address takes the deployment as the model; the classic one, which a dated API version stands
/// for, has it in its path.
/// </summary>
internal static class AzureEndpoint
{
    private const string Deployments = "/deployments/";
    private const string VersionName = "api-version";

    private static readonly Regex Dated = new(@"^\d{4}-\d{2}-\d{2}(?:-preview)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
    private static readonly Regex VersionInQuery = new(@"[?&]api-version=(?<value>[^&]*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>The address to post to, and the deployment where it is part of it.</summary>
    /// <param name="parts">The connection's parts.</param>
    /// <exception cref="GptChatException">A part is missing or malformed.</exception>
    public static (Uri Uri, string? Deployment) Compose(ConnectionParts parts)
    {
        string source = parts.SourceOf("BaseUri");
        string given = parts.BaseUri is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Invalid("Azure OpenAI needs its endpoint: -BaseUri https://RESOURCE.openai.azure.com.");
        string? version = string.IsNullOrWhiteSpace(parts.ApiVersion) ? null : parts.ApiVersion!.Trim();
        UriBuilder builder = Endpoint.Parse(given, source);
        string path = builder.Path.TrimEnd('/');
        string? deployment = InPath(path);
        if (deployment is null && version is not null && Dated.IsMatch(version))
        {
            if (path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase)) throw Invalid(parts.SourceOf("ApiVersion") + " is of the classic address, and " + source + " is the v1 address: leave one of them as it comes, without the version or without /openai/v1.");
            deployment = Required(parts);
            path = Endpoint.Extend(path, "/openai") + Deployments + Uri.EscapeDataString(deployment);
        }
        else if (version is not null && !Dated.IsMatch(version) && version is not ("preview" or "latest"))
        {
            throw Invalid(parts.SourceOf("ApiVersion") + " is not a version: one looks like 2024-10-21 or 2025-04-01-preview; the v1 address also knows preview, and needs none.");
        }

        if (deployment is null && Differ(parts.Deployment, parts.Model))
        {
            throw Invalid("On the v1 address of Azure OpenAI the model is the deployment: give " + parts.SourceOf("Deployment") + " or " + parts.SourceOf("Model") + ", not two names.");
        }

        if (deployment is null) path = Endpoint.IsChat(path) ? path : Endpoint.Extend(path, "/openai/v1") + Endpoint.ChatPath;
        else if (!Endpoint.IsChat(path)) path += Endpoint.ChatPath;
        builder.Path = path;
        if (version is not null) AddVersion(builder, version, parts.SourceOf("ApiVersion"), source);
        return (builder.Uri, deployment);
    }

    private static string Required(ConnectionParts parts)
    {
        string name = (parts.Deployment ?? parts.Model ?? string.Empty).Trim();
        if (name.Length == 0) throw Invalid("The classic address of Azure OpenAI names the deployment: give it as -Deployment, or leave " + parts.SourceOf("ApiVersion") + " out to use the v1 address.");

        // A dot alone is a step in a path, however it is escaped.
        return name is "." or ".." ? throw Invalid(parts.SourceOf("Deployment") + " is not the name of a deployment: '" + name + "'.") : name;
    }

    private static bool Differ(string? deployment, string? model) =>
        !string.IsNullOrWhiteSpace(deployment) && !string.IsNullOrWhiteSpace(model) && deployment!.Trim() != model!.Trim();

    /// <summary>The deployment of an address that already has one.</summary>
    private static string? InPath(string path)
    {
        int start = path.IndexOf(Deployments, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        string rest = path.Substring(start + Deployments.Length);
        int end = rest.IndexOf('/');
        return Uri.UnescapeDataString(end < 0 ? rest : rest.Substring(0, end));
    }

    private static void AddVersion(UriBuilder builder, string version, string source, string baseSource)
    {
        Match known = VersionInQuery.Match(builder.Query);
        if (known.Success)
        {
            if (!string.Equals(known.Groups["value"].Value, version, StringComparison.OrdinalIgnoreCase)) throw Invalid(baseSource + " has another api-version than " + source + ": leave one of them out.");
            return;
        }

        string query = builder.Query.TrimStart('?');
        builder.Query = (query.Length == 0 ? string.Empty : query + "&") + VersionName + "=" + Uri.EscapeDataString(version);
    }

    private static GptChatException Invalid(string message) => new(GptErrorKind.InvalidConnection, message);
}
