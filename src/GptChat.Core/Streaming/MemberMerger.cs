using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>
/// Keeps the members of chunks that this version does not know, so that a later protocol loses nothing: the last value that
/// is not null wins; pieces of text and of lists are joined where the pieces are those of a message.
/// </summary>
internal sealed class MemberMerger(bool joins)
{
    private Dictionary<string, List<JsonElement>>? _members;

    /// <summary>Takes the unknown members of one chunk.</summary>
    public void Add(Dictionary<string, JsonElement>? members)
    {
        if (members is null) return;
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            _members ??= new Dictionary<string, List<JsonElement>>();
            if (!_members.TryGetValue(member.Key, out List<JsonElement>? values)) _members[member.Key] = values = new List<JsonElement>();

            bool isPiece = joins && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Array;
            bool isNull = member.Value.ValueKind == JsonValueKind.Null;

            // A null that came first must not stand between the pieces that follow it. It stands alone: looking at all that came, for
            // each piece, would take hours for the longest answers.
            bool replaces = isPiece ? values.Count == 1 && values[0].ValueKind == JsonValueKind.Null : !isNull;
            if (replaces) values.Clear();
            if (isPiece || values.Count == 0) values.Add(member.Value);
        }
    }

    /// <summary>The outcome; null where there was no unknown member.</summary>
    public Dictionary<string, JsonElement>? Build() =>
        _members?.ToDictionary(member => member.Key, member => member.Value.Count == 1 ? member.Value[0] : Join(member.Value));

    private static JsonElement Join(List<JsonElement> pieces)
    {
        if (pieces.TrueForAll(piece => piece.ValueKind == JsonValueKind.String))
        {
            return JsonSerializer.SerializeToElement(string.Concat(pieces.Select(JsonValues.String)), WireJson.Default.String);
        }

        if (!pieces.TrueForAll(piece => piece.ValueKind == JsonValueKind.Array)) return pieces[pieces.Count - 1];
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (JsonElement item in pieces.SelectMany(piece => piece.EnumerateArray())) writer.WriteRawValue(item.GetRawText(), skipInputValidation: true);
            writer.WriteEndArray();
        }

        using JsonDocument joined = JsonDocument.Parse(buffer.ToArray());
        return joined.RootElement.Clone();
    }
}
