using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace GptChat.Tests.Typed;

public enum Fruit
{
    [Description("red or green")]
    Apple,
    Pear,
}

public abstract class Base
{
    public string Kind { get; set; } = "none";
}

/// <summary>A class of C#, with what only C# can say.</summary>
[Description("One order")]
public sealed class Order : Base
{
    [JsonPropertyName("order_id")]
    public required int Id { get; init; }

    public string? Note { get; set; }

    public string Name { get; set; } = string.Empty;

    public Fruit? Fruit { get; set; }

    public DateOnly Day { get; set; }

    public TimeOnly Hour { get; set; }

    public IReadOnlyList<Line> Lines { get; set; } = [];

    public IDictionary<Fruit, decimal> Prices { get; set; } = new Dictionary<Fruit, decimal>();

    public ISet<int>? Numbers { get; set; }

    public float Half { get; set; }

    public ulong Large { get; set; }

    [JsonIgnore]
    public string Internal { get; set; } = "kept";

    public string Computed => Name + " never sent";

    public string this[int index] => Name + index;
}

public record Line
{
    public string Text { get; init; } = string.Empty;

    public Point At { get; init; }
}

public struct Point
{
    public int X { get; set; }

    public int Y { get; set; }
}

public sealed record Positional(string Name);

public sealed class Shadowing : Shadowed
{
    public new int Value { get; set; }
}

public class Shadowed
{
    public string Value { get; set; } = string.Empty;
}

public sealed class Generic<T>
{
    public T? Value { get; set; }
}
