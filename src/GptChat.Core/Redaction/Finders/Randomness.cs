namespace GptChat.Redaction.Finders;

/// <summary>Tells what a generator made from what a person named.</summary>
internal static class Randomness
{
    private const int Looked = 200;

    /// <summary>Whether there is a digit.</summary>
    public static bool HasDigit(TextScan scan, int start, int end)
    {
        end = Limit(scan, start, end);
        for (int i = start; i < end; i++)
        {
            if (CharSet.Digit.Has(scan[i])) return true;
        }

        return false;
    }

    /// <summary>Whether letters mixed with digits stand together, so many or more, two of them digits.</summary>
    public static bool HasMixedRun(TextScan scan, int start, int end, int least)
    {
        end = Limit(scan, start, end);
        int length = 0;
        int digits = 0;
        for (int i = start; i < end; i++)
        {
            if (!CharSet.Alnum.Has(scan[i]))
            {
                length = digits = 0;
                continue;
            }

            length++;
            if (CharSet.Digit.Has(scan[i])) digits++;
            if (length >= least && digits >= 2 && digits < length) return true;
        }

        return false;
    }

    /// <summary>Whether all three sorts of characters are there: small letters, capital letters and digits.</summary>
    public static bool HasAllSorts(TextScan scan, int start, int end)
    {
        end = Limit(scan, start, end);
        bool hasLower = false;
        bool hasUpper = false;
        bool hasDigit = false;
        for (int i = start; i < end; i++)
        {
            hasLower |= scan[i] is >= 'a' and <= 'z';
            hasUpper |= scan[i] is >= 'A' and <= 'Z';
            hasDigit |= CharSet.Digit.Has(scan[i]);
        }

        return hasLower && hasUpper && hasDigit;
    }

    // What is random is so from its beginning.
    private static int Limit(TextScan scan, int start, int end)
    {
        int limit = end - start > Looked ? start + Looked : end;
        scan.Took(limit - start);
        return limit;
    }
}
