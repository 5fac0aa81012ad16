using System;

namespace GptChat.Transport;

/// <summary>How a request went over the network, and how long its stages took.</summary>
/// <param name="Connected">Until a connection stood that was made for it; null where one was there.</param>
/// <param name="FirstByte">Until the answer began.</param>
/// <param name="HttpVersion">The version of HTTP, as people and traces write it: 1.1 or 2.</param>
internal sealed record TransportTiming(TimeSpan? Connected, TimeSpan FirstByte, string? HttpVersion);
