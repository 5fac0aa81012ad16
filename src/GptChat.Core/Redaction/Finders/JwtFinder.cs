namespace GptChat.Redaction.Finders;

/// <summary>JSON web tokens, signed (three parts) and encrypted (five): the first part is a JSON object in Base64.</summary>
internal sealed class JwtFinder : IFinder
{
    private const string Beginning = "eyJ";
    private const int ShortestHeader = 12;

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        int next = 0;
        for (int at = scan.Find(Beginning, 0); at >= 0; at = scan.Find(Beginning, next))
        {
            next = at + Beginning.Length;
            bool isInside = CharSet.Url64.Has(scan[at - 1]) && !scan.IsStart(at);
            int header = scan.RunEnd(at, CharSet.Url64);
            if (isInside || scan[at - 1] == '.' || header - at < ShortestHeader || scan[header] != '.') continue;
            int end = header;
            int parts = 1;
            while (scan[end] == '.' && parts < 5)
            {
                end = scan.RunEnd(end + 1, CharSet.Url64);
                parts++;
            }

            if (scan[end - 1] == '.') end--;
            if (parts < 3 && !scan.Is(header + 1, Beginning)) continue;
            found.Add(at, end, "JWT");
            next = end;
        }
    }
}
