using System.Linq;
using System.Text.RegularExpressions;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>What redaction took out comes back into the members of objects.</summary>
public sealed class RestoreTests : TypedTest
{
    [Theory]
    [InlineData("(Invoke-GptChat 'mail ann@example.org' -Schema 'mail, n int' -RedactKind Email -Restore).mail")]
    [InlineData("class C { [string] $mail; [int] $n }; (Invoke-GptChat 'mail ann@example.org' -As ([C]) -RedactKind Email -Restore).mail")]
    [InlineData("('mail ann@example.org' | Invoke-GptChat -Each -Schema 'mail, n int' -RedactKind Email -Restore).mail")]
    [InlineData("(Invoke-GptChat 'mail ann@example.org' -Schema 'mail, n int' -RedactKind Email -Restore -Live -PassThru).mail")]
    public void Into_an_object(string script)
    {
        Server.Respond = request => Reply.AsAsked("{\"mail\":\"" + Placeholder(request) + "\",\"n\":1}");
        Assert.Equal("ann@example.org", Assert.Single(Run(script).Output).BaseObject);
        Assert.DoesNotContain("ann@", Request.BodyText);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'mail ann@example.org' -As 'string[]' -RedactKind Email -Restore -Stream")]
    [InlineData("'mail ann@example.org' | Invoke-GptChat -Each -As 'string[]' -RedactKind Email -Restore -Stream")]
    public void Into_the_elements_of_a_stream_each_once(string script)
    {
        Server.Respond = request => Reply.Stream(["{\"items\":[\"a", "\",\"" + Placeholder(request)[..3], Placeholder(request)[3..] + "\",\"b\"]}"]);
        Assert.Equal(["a", "ann@example.org", "b"], Invoke(script).Select(one => one.ToString()));
    }

    [Fact]
    public void Without_Restore_the_placeholder_stays()
    {
        Server.Respond = request => Reply.AsAsked("{\"mail\":\"" + Placeholder(request) + "\"}");
        Assert.Equal(true, InvokeOne("(Invoke-GptChat 'mail ann@example.org' -Schema mail -RedactKind Email).mail.StartsWith('[')").BaseObject);
    }

    [Fact]
    public void A_schema_that_goes_out_as_instructions_is_redacted_too()
    {
        Answer("""{"a":"x"}""");
        Invoke("Invoke-GptChat 'q' -Schema 'a: such as ann@example.org' -SchemaMode Prompt -RedactKind Email");
        Assert.DoesNotContain("ann@", Request.BodyText);
        Assert.Contains("such as [", Request.Messages()[0]);
    }

    private static string Placeholder(ReceivedRequest request) => Regex.Match(request.Messages()[^1], @"\[[^\]]+\]").Value;
}
