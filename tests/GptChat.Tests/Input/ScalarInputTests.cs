using System;
using System.Globalization;
using System.Numerics;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Values are sent as invariant text, whatever the culture of the shell.</summary>
public sealed class ScalarInputTests : ModuleTest
{
    [Theory]
    [InlineData("42", "42")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("[decimal]::Parse('1234567.10', [cultureinfo]::InvariantCulture)", "1234567.10")]
    [InlineData("[long]::MinValue", "-9223372036854775808")]
    [InlineData("[double]::NaN", "NaN")]
    [InlineData("$true", "True")]
    [InlineData("[char]'x'", "x")]
    [InlineData("[System.DayOfWeek]::Friday", "Friday")]
    [InlineData("[guid]'0f8fad5b-d9cb-469f-a165-70867728950e'", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("[version]'1.20.300'", "1.20.300")]
    [InlineData("[timespan]::FromMinutes(90.5)", "01:30:30")]
    [InlineData("[uri]'https://host/a%20b'", "https://host/a%20b")]
    [InlineData("[datetime]::new(2026, 3, 2, 4, 5, 6)", "2026-03-02T04:05:06.0000000")]
    [InlineData("[datetimeoffset]::new(2026, 3, 2, 4, 5, 6, [timespan]::FromHours(2))", "2026-03-02T04:05:06.0000000+02:00")]
    public void A_value_is_invariant_text(string value, string expected) =>
        Assert.Equal(expected, SentText("[System.Threading.Thread]::CurrentThread.CurrentCulture = $culture; " + value + " | Invoke-GptChat", ("culture", German())));

    [Fact]
    public void A_large_whole_number_keeps_every_digit()
    {
        BigInteger number = BigInteger.Pow(10, 40) + 1;
        Assert.Equal("1" + new string('0', 39) + "1", SentText("$number | Invoke-GptChat", ("number", number)));
    }

    [Fact]
    public void Values_among_strings_are_lines_of_the_same_block() => Assert.Equal("a\n1\n2.5\nb", SentText("'a', 1, 2.5, 'b' | Invoke-GptChat"));

    [Fact]
    public void Numbers_inside_objects_are_invariant_too() => Assert.Equal(
        """{"Share":0.25,"When":"2026-03-02T00:00:00.0000000"}""",
        SentText(
            "[System.Threading.Thread]::CurrentThread.CurrentCulture = $culture; [pscustomobject]@{ Share = 0.25; When = [datetime]::new(2026, 3, 2) } | Invoke-GptChat",
            ("culture", German())));

    /// <summary>What matters of German, made by hand: the tests run without the data of real cultures.</summary>
    private static CultureInfo German()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        culture.DateTimeFormat.DateSeparator = ".";
        Assert.Equal("1,5", string.Format(culture, "{0}", 1.5));
        Assert.StartsWith("02.03.2026", new DateTime(2026, 3, 2).ToString(culture), StringComparison.Ordinal);
        return culture;
    }
}
