namespace GptChat.Rendering;

/// <summary>What a line within a fence is.</summary>
internal enum FenceLine
{
    Undecided,
    Code,
    Close,

    /// <summary>The quote that the fence stands in has ended.</summary>
    Outside,
}

/// <summary>A fence that is open: how it is closed, and what its lines begin with that is not code.</summary>
internal sealed class CodeFence(char mark, int length, int indent, int quotes)
{
    /// <summary>Tells what a line is, and where its code begins.</summary>
    public (FenceLine Kind, int Start) Read(string line, bool isWhole)
    {
        int at = 0;
        for (int quote = 0; quote < quotes; quote++)
        {
            int mark = at;
            while (mark < line.Length && line[mark] == ' ' && mark - at < 3) mark++;
            if (mark == line.Length) return (isWhole ? FenceLine.Outside : FenceLine.Undecided, 0);
            if (line[mark] != '>') return (FenceLine.Outside, 0);
            at = mark + 1;
            if (at == line.Length && !isWhole) return (FenceLine.Undecided, 0);
            if (at < line.Length && line[at] == ' ') at++;
        }

        int start = at;
        while (start < line.Length && start - at < indent && line[start] == ' ') start++;
        int first = start;
        while (first < line.Length && line[first] == ' ' && first - start < 3) first++;
        int end = first;
        while (end < line.Length && line[end] == mark) end++;
        bool isFence = end - first >= length;
        int rest = end;
        while (isFence && rest < line.Length && line[rest] == ' ') rest++;
        if (rest < line.Length) return (FenceLine.Code, start);
        if (!isWhole) return (FenceLine.Undecided, start);
        return (isFence ? FenceLine.Close : FenceLine.Code, start);
    }
}
