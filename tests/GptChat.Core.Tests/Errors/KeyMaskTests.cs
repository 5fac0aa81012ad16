using System;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Errors;

/// <summary>No key comes through in what a provider wrote.</summary>
public sealed class KeyMaskTests
{
    [Theory]
    [InlineData("Incorrect API key provided: KEY. Find yours online.")]
    [InlineData("KEY")]
    [InlineData("KEYKEY and again KEY")]
    [InlineData("Authorization: Bearer KEY")]
    public void The_key_is_masked_wherever_it_stands(string text)
    {
        string written = text.Replace("KEY", Calls.Key, StringComparison.Ordinal);
        foreach (string masked in new[] { KeyMask.InError(written, [Calls.Key]), KeyMask.InContent(written, [Calls.Key]) })
        {
            Assert.DoesNotContain(Calls.Key, masked, StringComparison.Ordinal);
            Assert.Contains("***", masked, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sk-proj-abcdefghijklmnop")]
    [InlineData("sk-abc**********wxyz")]
    [InlineData("cfut_abcdefghijklmnop")]
    [InlineData("hf_abcdefghijklmnop")]
    [InlineData("gsk_abcdefghijklmnop")]
    [InlineData("Bearer abcdefgh.ijkl-mnop_q==")]
    public void What_looks_like_a_key_is_masked_in_an_error_without_being_known(string key) =>
        Assert.Equal("Key: ***, sorry", KeyMask.InError("Key: " + key + ", sorry", []));

    [Theory]
    [InlineData("sk-proj-abcdefghijklmnop1234")]
    [InlineData("cfut_abcdefghijklmnop1234")]
    [InlineData("Bearer abcdefgh.ijkl-mnop_qrst1==")]
    public void A_whole_key_is_masked_in_content_also_after_an_escaped_line_break(string key) =>
        Assert.Equal("{\"a\":\"one *** two\\n***\\t***\"}", KeyMask.InContent("{\"a\":\"one " + key + " two\\n" + key + "\\t" + key + "\"}", Array.Empty<string>()));

    [Theory]
    [InlineData("The task-force took a risk-free desk_job.")]
    [InlineData("Bearer of bad news")]
    [InlineData("ask, sk-, pk_12")]
    public void Other_text_stays_as_it_is(string text)
    {
        Assert.Equal(text, KeyMask.InError(text, ["short"]));
        Assert.Equal(text, KeyMask.InContent(text, ["short"]));
    }

    [Fact]
    public void Names_that_begin_like_a_key_stay_in_content() =>
        Assert.Equal("sk-learn-contrib-package-name pk_customer_orders_2024_archive", KeyMask.InContent("sk-learn-contrib-package-name pk_customer_orders_2024_archive", Array.Empty<string>()));

    [Theory]
    [InlineData(400)]
    [InlineData(485)]
    [InlineData(490)]
    [InlineData(499)]
    public async Task A_key_that_the_cut_of_a_long_message_shortens_is_masked_too(int before)
    {
        string message = new string('.', before) + Calls.Key + " is wrong";
        Outcome outcome = await InMemory.PlainAsync(Payloads.Error(message), status: 401);
        GptChatException failure = outcome.FailedAs(GptErrorKind.Authentication);
        Assert.DoesNotContain(Calls.Key[..9], failure.Message, StringComparison.Ordinal);
    }
}
