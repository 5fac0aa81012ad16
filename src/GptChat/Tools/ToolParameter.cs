using System;

namespace GptChat.Tools;

/// <summary>A parameter that the model may give.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="IsPiped">Whether its values are piped in: such a parameter takes them one by one.</param>
internal sealed record ToolParameter(string Name, Type Type, bool IsPiped);
