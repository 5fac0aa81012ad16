using System;

namespace GptChat;

internal static class Strings
{
    extension(string text)
    {
        public string Replace(string old, string replacement, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw new NotSupportedException();
    }

    extension(decimal)
    {
        public static bool IsInteger(decimal number) => decimal.Truncate(number) == number;
    }
}
