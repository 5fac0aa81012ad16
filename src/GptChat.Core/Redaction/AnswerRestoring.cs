using System.Collections.Generic;
using System.Linq;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>
/// Puts values back into an answer as it comes, each choice for itself. The response at its end stays as the server sent it.
/// </summary>
/// <param name="vault">Which placeholder stands for what.</param>
internal sealed class AnswerRestoring(RedactionVault vault)
{
    private readonly SortedDictionary<int, RestoringStream> _choices = new();
    private readonly JsonTexts _json = new((_, text) => vault.Restore(text));

    /// <summary>A whole text with the values put back.</summary>
    public string Text(string text) => vault.Restore(text);

    /// <summary>The pieces to output in the place of one; none where all of its text waits for more.</summary>
    public List<GptChunk> Restored(GptChunk chunk) => Pieces(chunk).ToList();

    private IEnumerable<GptChunk> Pieces(GptChunk chunk)
    {
        if (chunk.Response is not null)
        {
            // What a plain answer brings comes in one piece with its end.
            string last = chunk.Text.Length > 0 ? Choice(chunk.Index).Push(chunk.Text) : string.Empty;
            foreach (KeyValuePair<int, RestoringStream> choice in _choices)
            {
                string rest = choice.Value.End();
                if (choice.Key == chunk.Index) last += rest;
                else if (rest.Length > 0) yield return new GptChunk { Text = rest, Index = choice.Key };
            }

            if (chunk.Text.Length == 0 && last.Length > 0)
            {
                yield return new GptChunk { Text = last, Index = chunk.Index };
                last = string.Empty;
            }

            yield return With(chunk, last);
            yield break;
        }

        string text = Choice(chunk.Index).Push(chunk.Text);
        if (text.Length > 0 || chunk.ToolCall is not null || chunk.Reasoning is not null || chunk.Refusal is not null || chunk.Elements is not null) yield return With(chunk, text);
    }

    private RestoringStream Choice(int index)
    {
        if (!_choices.TryGetValue(index, out RestoringStream? choice)) _choices.Add(index, choice = new RestoringStream(vault));
        return choice;
    }

    private GptChunk With(GptChunk chunk, string text) => new()
    {
        Text = text,
        Index = chunk.Index,
        Reasoning = chunk.Reasoning,
        Refusal = chunk.Refusal,
        Response = chunk.Response,
        ToolCall = chunk.ToolCall,
        LateFailure = chunk.LateFailure,
        Source = chunk.Source,
        ItemIndex = chunk.ItemIndex,
        Elements = chunk.Elements?.Select(_json.Changed).ToArray(),
        Answer = chunk.Answer is { } answer ? _json.Changed(answer) : null,
    };
}
