using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace GptChat.Tests.Input;

/// <summary>Graphs of objects of every kind that scripts meet, some of which misbehave; the same seed gives the same graph.</summary>
internal sealed class RandomObjects(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<object> _made = [];
    private int _left = 400;
    private int _largeTexts = 3;

    public object Next() => Make(0)!;

    private object? Make(int level)
    {
        // Back to something that exists: cycles, and many ways to one object.
        if (_made.Count > 0 && _random.Next(8) == 0) return _made[_random.Next(_made.Count)];
        return level > 6 || _left-- < 0 || _random.Next(level + 2) > 1 ? Scalar() : Composite(level);
    }

    private object? Scalar() => _random.Next(20) switch
    {
        0 => null,
        1 => _random.Next(),
        2 => _random.NextDouble() * double.MaxValue,
        3 => double.NaN,
        4 => decimal.MaxValue,
        5 => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks)),
        6 => Guid.NewGuid(),
        7 => Text(),
        8 => new string('x', _largeTexts-- > 0 ? 1_500_000 : 100),
        9 => ModuleHost.Secure("hush-hush"),
        10 => new PSCredential("me", ModuleHost.Secure("hush-hush")),
        11 => DBNull.Value,
        12 => typeof(List<int>),
        13 => new IntPtr(7),
        14 => (Func<int>)(() => 1),
        15 => new FileInfo("/tmp/a"),
        16 => new MemoryStream([1]),
        17 => ScriptBlock.Create("1 + 1"),
        18 => System.Management.Automation.Internal.AutomationNull.Value,
        _ => new ErrorRecord(new InvalidOperationException(Text()), "id", ErrorCategory.NotSpecified, null),
    };

    private object Composite(int level)
    {
        switch (_random.Next(7))
        {
            case 0:
                var custom = new PSObject();
                _made.Add(custom);
                foreach (string name in Names()) custom.Properties.Add(new PSNoteProperty(name, Make(level + 1)));
                return custom;
            case 1:
                var table = new Hashtable();
                _made.Add(table);
                foreach (string name in Names()) table[_random.Next(3) == 0 ? _random.Next(10) : name] = Make(level + 1);
                return table;
            case 2:
                var ordered = new OrderedDictionary();
                _made.Add(ordered);
                foreach (string name in Names()) ordered[name] = Make(level + 1);
                return ordered;
            case 3:
                var list = new ArrayList();
                _made.Add(list);
                for (int i = _random.Next(5); i > 0; i--) list.Add(Make(level + 1));
                for (int i = _random.Next(10) == 0 ? 3000 : 0; i > 0; i--) list.Add(i);
                return list;
            case 4:
                return new Faulty(this, level);
            case 5:
                var copy = new PSObject();
                copy.TypeNames.Insert(0, "Deserialized.Some.Thing" + _random.Next(3));
                _made.Add(copy);
                foreach (string name in Names()) copy.Properties.Add(new PSNoteProperty(name, Make(level + 1)));
                return copy;
            default:
                return Enumerable.Range(0, _random.Next(4)).Select(_ => Make(level + 1)).ToArray();
        }
    }

    private IEnumerable<string> Names() => Enumerable.Range(0, _random.Next(6)).Select(i => _random.Next(4) == 0 ? Text() + i : "P" + i).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Half surrogate pairs, quotes, control characters and line ends among them.</summary>
    private string Text() => new([.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => (char)(_random.Next(5) switch { 0 => _random.Next(0xD800, 0xE000), 1 => _random.Next(1, 32), 2 => ",\"\\'"[_random.Next(4)], _ => _random.Next(32, 0x3000) }))]);

    /// <summary>An object whose getters, lists and texts fail, or never end.</summary>
    private sealed class Faulty(RandomObjects owner, int level)
    {
        public object? Good { get; } = owner.Make(level + 1);

        public object Bad => throw new InvalidOperationException("bad " + level);

        public Faulty Self => this;

        public IEnumerable<object> Endless
        {
            get
            {
                while (true) yield return this;
            }
        }

        public IEnumerable<int> Broken
        {
            get
            {
                yield return 1;
                throw new InvalidOperationException("broken " + level);
            }
        }

        public override string ToString() => throw new InvalidOperationException("no text " + level);
    }
}
