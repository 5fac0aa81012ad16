using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>Puts the fragments of one choice's tool calls together, for servers that number them and for those that do not.</summary>
internal sealed class ToolCallAssembler
{
    // By number and by id: an answer may ask for many calls, whose pieces must not be compared with each of them.
    private readonly List<Slot> _slots = new();
    private readonly Dictionary<int, Slot> _byIndex = new();
    private readonly Dictionary<string, Slot> _byId = new(StringComparer.Ordinal);
    private int _nextIndex;

    /// <summary>Whether any fragment came.</summary>
    public bool IsEmpty => _slots.Count == 0;

    /// <summary>Takes one fragment.</summary>
    public void Add(ToolCallFragment fragment)
    {
        Slot slot = Find(fragment);
        if (!string.IsNullOrEmpty(fragment.Id)) Identify(slot, fragment.Id!);
        if (!string.IsNullOrEmpty(fragment.Type)) slot.Type = fragment.Type;

        // The name comes once and is assigned; servers that repeat it would double it otherwise.
        string? name = fragment.Function?.Name ?? fragment.Custom?.Name;
        if (!string.IsNullOrEmpty(name)) slot.Name = name;
        if (fragment.Custom is not null) slot.PayloadName = ToolCallConverter.Custom;
        slot.Arguments.Append(fragment.Function?.Arguments ?? fragment.Custom?.Input);
        slot.Members.Add(fragment.Extra);
        slot.Payload.Add(fragment.Function?.Extra ?? fragment.Custom?.Extra);
    }

    /// <summary>The calls, by index; null where there are none.</summary>
    public List<GptToolCall>? Build()
    {
        if (IsEmpty) return null;
        return _slots.OrderBy(slot => slot.Index)
            .Select(slot => slot.Build())
            .ToList();
    }

    private Slot Find(ToolCallFragment fragment)
    {
        if (fragment.Index is int index) return _byIndex.TryGetValue(index, out Slot? numbered) ? numbered : NewSlot(index);
        if (!string.IsNullOrEmpty(fragment.Id)) return _byId.TryGetValue(fragment.Id!, out Slot? named) ? named : NewSlot(_nextIndex);

        bool isNamed = !string.IsNullOrEmpty(fragment.Function?.Name ?? fragment.Custom?.Name);
        return isNamed || IsEmpty ? NewSlot(_nextIndex) : _slots[_slots.Count - 1];
    }

    private Slot NewSlot(int index)
    {
        var slot = new Slot(index);
        _slots.Add(slot);
        _byIndex.Add(index, slot);
        _nextIndex = Math.Max(_nextIndex, index + 1);
        return slot;
    }

    /// <summary>Gives a call its id. Of two calls with the same one the first is meant.</summary>
    private void Identify(Slot slot, string id)
    {
        if (slot.Id == id) return;
        if (slot.Id is not null && _byId.TryGetValue(slot.Id, out Slot? known) && known == slot) _byId.Remove(slot.Id);
        slot.Id = id;
        if (!_byId.TryGetValue(id, out _)) _byId[id] = slot;
    }

    private sealed class Slot(int index)
    {
        public int Index { get; } = index;

        public string? Id { get; set; }

        public string? Type { get; set; }

        public string? Name { get; set; }

        public string PayloadName { get; set; } = ToolCallConverter.Function;

        public StringBuilder Arguments { get; } = new();

        public MemberMerger Members { get; } = new(joins: true);

        public MemberMerger Payload { get; } = new(joins: true);

        public GptToolCall Build() => new(
            Id ?? ToolCallConverter.NewId(),
            Type ?? PayloadName,
            Name ?? string.Empty,
            Arguments.ToString(),
            ToolCallConverter.WithInner(Members.Build(), PayloadName, Payload.Build()));
    }
}
