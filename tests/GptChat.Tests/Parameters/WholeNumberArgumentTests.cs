using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Whole numbers: what was typed, or an error that shows one.</summary>
public sealed class WholeNumberArgumentTests : ModuleTest
{
    private static readonly Type[] Whole = [typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)];

    [Theory]
    [InlineData("4000", 4000)]
    [InlineData("'4000'", 4000)]
    [InlineData("' 4000 '", 4000)]
    [InlineData("4kb", 4096)]
    [InlineData("0x10", 16)]
    [InlineData("1e3", 1000)]
    [InlineData("([byte] 7)", 7)]
    [InlineData("([uint16] 7)", 7)]
    [InlineData("([uint64] 7)", 7)]
    [InlineData("([long] 7)", 7)]
    [InlineData("([bigint] 7)", 7)]
    [InlineData("([decimal] 7)", 7)]
    [InlineData("([math]::Floor(7.9))", 7)]
    [InlineData("([psobject] 7)", 7)]
    public void A_whole_number_and_its_digits_are_taken(string given, int sent)
    {
        Invoke("Invoke-GptChat 'x' -Seed " + given + " -MaxCompletionTokens " + given);
        Assert.Equal(sent, Request.Json.GetProperty("seed").GetInt64());
        Assert.Equal(sent, Request.Json.GetProperty("max_completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("'1,5'", "'1,5' is none.")]
    [InlineData("1,5", "this is a list. A comma makes one.")]
    [InlineData("'1.000'", "'1.000' is none.")]
    [InlineData("1.000", "it has a point")]
    [InlineData("1.5", "it has a point")]
    [InlineData("1.5d", "it has a point")]
    [InlineData("([float] 1.5)", "it has a point")]
    [InlineData("'1 000'", "'1 000' is none.")]
    [InlineData("1_000", "'1_000' is none.")]
    [InlineData("4k", "'4k' is none. In digits it is 4000.")]
    [InlineData("'128K'", "'128K' is none. In digits it is 128000.")]
    [InlineData("2m", "'2m' is none. In digits it is 2000000.")]
    [InlineData("k", "'k' is none.")]
    [InlineData("''", "is empty. Is the variable set?")]
    [InlineData("' '", "is empty. Is the variable set?")]
    [InlineData("$null", "it is $null. Is the variable set?")]
    [InlineData("$true", "this is a Boolean.")]
    [InlineData("([switch] $true)", "this is a SwitchParameter.")]
    [InlineData("([char] '7')", "this is a Char.")]
    [InlineData("([DayOfWeek]::Monday)", "this is a DayOfWeek.")]
    [InlineData("([timespan] 5)", "this is a TimeSpan.")]
    [InlineData("@{ a = 1 }", "this is a Hashtable.")]
    [InlineData("([double]::NaN)", "this is no number.")]
    [InlineData("([double]::PositiveInfinity)", "this is no number.")]
    [InlineData("1e30", "this number is too large.")]
    [InlineData("9223372036854775808", "this number is too large.")]
    [InlineData("'9223372036854775808'", "this number is too large.")]
    public void What_is_none_is_answered_with_one(string given, string said)
    {
        string[] calls =
        [
            "Invoke-GptChat 'x' -Seed ", "Invoke-GptChat 'x' -MaxCompletionTokens ", "Invoke-GptChat 'x' -Each -ThrottleLimit ", "New-GptConversation c -ContextWindow ", "Enter-GptChat -MaxCompletionTokens ",
            "Get-GptModel -MaximumRetryCount ", "Measure-GptToken 'x' -Depth ", "Set-GptPrice m -Input 1 -Output 1 -MaxOutputTokens ", "Remove-GptMessage c -Last ", "Set-GptMessage c -Content y -Index ", "New-GptTool Get-History -MaxResultLength ",
        ];
        foreach (string call in calls)
        {
            ErrorRecord error = InvokeError(call + given);
            Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
            Assert.Contains("It takes a whole number, such as 4000; ", error.Exception.Message);
            Assert.Contains(said, error.Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void What_32_bits_cannot_hold_is_too_large_for_a_parameter_of_them_alone()
    {
        Invoke("Invoke-GptChat 'x' -Seed 2147483648 -MaxTotalTokens '2147483648'");
        Assert.Equal(2147483648, Request.Json.GetProperty("seed").GetInt64());
        foreach (string given in new[] { "2147483648", "'2147483648'", "-2147483649" })
        {
            Assert.Contains("this number is too large.", InvokeError("Invoke-GptChat 'x' -MaxCompletionTokens " + given).Exception.Message);
        }

        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("1, 0", "c d")]
    [InlineData("0, '-2'", "b d")]
    [InlineData("@(0, 1)", "c d")]
    [InlineData("2", "a b d")]
    [InlineData("'-1'", "a b c")]
    [InlineData("([Collections.Generic.List[long]] (0, 1))", "c d")]
    public void Each_of_several_is_read(string given, string left)
    {
        IEnumerable<object> texts = Invoke("$null = New-GptConversation c -Message 'a', 'b', 'c', 'd'; Remove-GptMessage c -Index " + given + " -Confirm:$false; (Get-GptConversation c).Messages.Content").Select(text => text.BaseObject);
        Assert.Equal(left, string.Join(" ", texts));
    }

    [Theory]
    [InlineData("'0,1'", "'0,1' is none.")]
    [InlineData("0, 1.5", "it has a point")]
    [InlineData("0, $true", "this is a Boolean.")]
    [InlineData("0, $null", "it is $null. Is the variable set?")]
    [InlineData("0, ''", "is empty. Is the variable set?")]
    [InlineData("0, (1, 2)", "a list in a list is none.")]
    [InlineData("0, 4k", "In digits it is 4000.")]
    public void One_of_several_that_is_none_is_told(string given, string said)
    {
        string message = InvokeError("$null = New-GptConversation c -Message 'a', 'b'; Remove-GptMessage c -Confirm:$false -Index " + given).Exception.Message;
        Assert.Contains("It takes whole numbers, such as 0, 1; ", message);
        Assert.Contains(said, message);
        Assert.Equal(2, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
    }

    [Fact]
    public void Each_parameter_that_is_a_whole_number_tells_so()
    {
        var with = new List<string>();
        var without = new List<string>();
        foreach (var property in Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties()).Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)))
        {
            bool isList = property.PropertyType.IsArray;
            Type type = isList ? property.PropertyType.GetElementType()! : property.PropertyType;
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!Whole.Contains(type)) continue;
            string[] said = ["IsLong = " + (type == typeof(long)), "IsList = " + isList];
            bool isGood = property.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "WholeNumberArgumentAttribute") is { } one
                && said.SequenceEqual(new[] { "IsLong", "IsList" }.Select(name => name + " = " + one.NamedArguments.Any(argument => argument.MemberName == name && argument.TypedValue.Value is true)));
            (isGood && (type == typeof(int) || type == typeof(long)) ? with : without).Add(property.DeclaringType!.Name + "." + property.Name);
        }

        Assert.Empty(without);
        Assert.True(with.Count > 20, string.Join(", ", with));
    }
}
