using System;

namespace GptChat.Redaction.Finders;

/// <summary>Secrets in addresses: the password before the @, the signature of Azure, the path of a webhook.</summary>
internal sealed class UriFinder : IFinder
{
    private const int Longest = 512;

    private static readonly string[] Webhooks =
    {
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/webhookb2/",
    };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        for (int at = scan.Find("://", 0); at >= 0; at = scan.Find("://", at + 3)) FindPassword(scan, found, at + 3);
        for (int at = scan.Find("sig=", 0); at >= 0; at = scan.Find("sig=", at + 4)) FindSignature(scan, found, at);
        foreach (string hook in Webhooks)
        {
            for (int at = scan.Find(hook, 0); at >= 0; at = scan.Find(hook, at + hook.Length))
            {
                int start = at + hook.Length;
                int end = scan.RunEnd(start, CharSet.Token);
                if (scan[end] == '@') end = scan.RunEnd(end + 1, CharSet.Token);
                if (end - start >= 20 && Randomness.HasDigit(scan, start, end)) found.Add(start, end, "WEBHOOK");
            }
        }

        for (int at = scan.Find("jdbc:oracle:thin:", 0); at >= 0; at = scan.Find("jdbc:oracle:thin:", at + 1)) FindOracle(scan, found, at + "jdbc:oracle:thin:".Length);
    }

    private static void FindPassword(TextScan scan, FindingList found, int start)
    {
        int limit = Math.Min(scan.Length, start + Longest);
        int end = start;
        int colon = -1;
        int sign = -1;
        bool isPath = false;
        for (; end < limit && IsOfAddress(scan, end); end++)
        {
            char character = scan[end];
            if (character == ':' && colon < 0 && !isPath) colon = end;
            if (character == '@' && (!isPath || sign < 0)) sign = end;
            if (character is '/' or '?' or '#' && !isPath)
            {
                // Passwords hold such characters where nobody has escaped them; a port does not look like that.
                if (sign >= 0 || colon < 0 || IsPort(scan, colon + 1, end)) break;
                isPath = true;
            }
        }

        scan.Took(end - start);
        if (sign < 0) return;
        if (colon < 0 || colon > sign)
        {
            // A token in the place of a name.
            if (sign - start >= 20 && Randomness.HasMixedRun(scan, start, sign, 16)) found.Add(start, sign, "TOKEN");
            return;
        }

        var password = new SettingValue(colon + 1, sign, '"');
        if (password.End - password.Start > 0 && !IsStandIn(scan, password)) found.Add(password.Start, password.End, CredentialName.Password);
        if (colon - start >= 20 && Randomness.HasMixedRun(scan, start, colon, 16)) found.Add(start, colon, "TOKEN");
    }

    private static bool IsStandIn(TextScan scan, SettingValue password) => scan[password.Start] is '$' or '{' or '<' or '%' && !IsEscaped(scan, password.Start)
        || !Plausibility.IsPassword(scan, password, isCode: false);

    private static bool IsEscaped(TextScan scan, int at) => scan[at] == '%' && CharSet.Hex.Has(scan[at + 1]) && CharSet.Hex.Has(scan[at + 2]);

    private static bool IsPort(TextScan scan, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!CharSet.Digit.Has(scan[i])) return false;
        }

        return true;
    }

    private static bool IsOfAddress(TextScan scan, int at) =>
        scan[at] > ' ' && scan[at] is not ('"' or '\'' or '`' or '<' or '>' or '|') && !(scan[at] == '\\' && scan[at + 1] is '"' or 'n' or 'r');

    private static void FindSignature(TextScan scan, FindingList found, int at)
    {
        if (scan[at - 1] is not ('?' or '&' or ';')) return;
        int start = at + 4;
        int end = start;
        while (end - start < Longest && (CharSet.Token.Has(scan[end]) || IsEscaped(scan, end))) end++;
        scan.Took(end - start);
        if (end - start >= 16 && Randomness.HasDigit(scan, start, end)) found.Add(start, end, "AZURE-SAS");
    }

    private static void FindOracle(TextScan scan, FindingList found, int start)
    {
        int slash = -1;
        int sign = -1;
        int end = start;
        for (; end < start + 200 && IsOfAddress(scan, end); end++)
        {
            if (scan[end] == '/' && slash < 0) slash = end;
            if (scan[end] == '@') sign = end;
        }

        scan.Took(end - start);
        if (slash > start && sign > slash + 1) found.Add(slash + 1, sign, CredentialName.Password);
    }
}
