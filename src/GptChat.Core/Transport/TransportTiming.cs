using System;

namespace GptChat.Transport;

/// <summary>How long the stages of a request took.</summary>
/// <param name="Connected">Until a connection stood that was made for it; null where one was there.</param>
/// <param name="FirstByte">Until the answer began.</param>
internal sealed record TransportTiming(TimeSpan? Connected, TimeSpan FirstByte);
