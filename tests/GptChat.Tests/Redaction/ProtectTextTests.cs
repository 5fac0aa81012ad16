using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>Protect-GptText shows what -Redact would send.</summary>
public sealed class ProtectTextTests : ModuleTest
{
    [Theory]
    [InlineData("'password=hunter-2', 'two' | Protect-GptText", "password=[SECRET:PASSWORD:1]\ntwo")]
    [InlineData("Protect-GptText 'password=hunter-2'", "password=[SECRET:PASSWORD:1]")]
    [InlineData("[pscustomobject]@{ Password = 'hunter-2' } | Protect-GptText", "{\"Password\":\"[SECRET:PASSWORD:1]\"}")]
    [InlineData("Protect-GptText 'a@example.com 10.1.2.3' -RedactKind All", "[SECRET:EMAIL:1] [SECRET:IP-ADDRESS:1]")]
    [InlineData("Protect-GptText 'badge 7' -RedactPattern @{ b = '\\d' }", "badge [SECRET:B:1]")]
    [InlineData("Connect-GptChat -BaseUri http://127.0.0.1:1/v1 -RedactKind Email; Protect-GptText 'password=hunter-2 a@example.com'", "password=hunter-2 [SECRET:EMAIL:1]")]
    public void It_is_one_text(string script, string text) => Assert.Equal(text, InvokeOne(script).BaseObject);

    [Fact]
    public void It_is_what_would_be_sent()
    {
        string file = Folder.Write("app.log", SecretText.Text);
        string shown = (string)InvokeOne("[IO.FileInfo]$file | Protect-GptText", ("file", file)).BaseObject;
        SecretText.IsRedacted(shown);
        Assert.Equal(shown, InvokeOne("Protect-GptText -Path $file", ("file", file)).BaseObject);
        Assert.Equal(shown, SentText("[IO.FileInfo]$file | Invoke-GptChat -Redact", ("file", file)));
    }

    [Fact]
    public void It_tells_what_was_taken_out()
    {
        PSObject text = InvokeOne("'password=hunter-2', 'password=hunter-2' | Protect-GptText");
        Assert.Equal("[SECRET:PASSWORD:1] x 2", Assert.Single((object[])text.Member("Redactions")!).ToString());
    }

    [Theory]
    [InlineData("@() | Protect-GptText")]
    [InlineData("'' | Protect-GptText")]
    [InlineData("$null | Protect-GptText")]
    public void Nothing_in_is_nothing_out(string script) => Assert.Empty(Invoke(script));

    [Theory]
    [InlineData("New-GptMessage 'x' | Protect-GptText", "InvalidInput")]
    [InlineData("Protect-GptText 'x' -RedactKind None", "InvalidParameter")]
    [InlineData("Protect-GptText -Path nowhere.txt", "FileNotReadable")]
    [InlineData("[securestring]::new() | Protect-GptText", "InvalidInput")]
    public void What_cannot_be_shown_is_refused(string script, string kind) => InvokeError(script).IsKind(kind, "ProtectGptTextCommand");

    [Fact]
    public void Images_are_told_to_be_left_out()
    {
        string image = Folder.Write("a.png", Media.Png);
        Assert.Contains("does not look into them", Assert.Single(Run("'x' | Protect-GptText -Path $image", ("image", image)).Warnings), StringComparison.Ordinal);
    }
}
