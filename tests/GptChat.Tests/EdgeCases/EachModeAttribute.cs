using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit.Sdk;

namespace GptChat.Tests.EdgeCases;

/// <summary>
/// Runs a case in each way of asking: whole, in pieces, and shown while it comes. With several rows the last way is left out: it
/// shows the pieces of the second.
/// </summary>
internal sealed class EachModeAttribute(params object?[] rows) : DataAttribute
{
    private static readonly string[] Modes = ["", "-Stream", "-Live -PassThru"];

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) =>
        rows.Length == 0 ? Modes.Select(mode => new object?[] { mode }) : Modes.Take(2).SelectMany(mode => rows.Select(row => new[] { mode, row }));
}
