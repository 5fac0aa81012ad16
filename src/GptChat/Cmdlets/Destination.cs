namespace GptChat.Cmdlets;

/// <summary>Where requests go: chosen and checked before anything is composed.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Model">The model; null where a recording names it.</param>
internal sealed record Destination(GptConnection Connection, string? Model);
