using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Certificates, of the server and of one's own.</summary>
public sealed class TlsTests : ModuleTest
{
    private protected override bool IsConnected => false;

    [Fact]
    public async Task A_server_that_nobody_vouches_for_is_refused_unless_told_otherwise()
    {
        await using var server = new TlsServer();
        string message = InvokeError("Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat 'x' -MaximumRetryCount 0", ("uri", server.BaseUri)).IsKind("CertificateRejected").Exception.Message;
        Assert.Contains("-SkipCertificateCheck", message);
        Assert.Equal("safe", InvokeOne("Connect-GptChat -BaseUri $uri -Model m -SkipCertificateCheck; Invoke-GptChat 'x'").ToString());
        Assert.Equal(true, InvokeOne("(Get-GptConnection).SkipCertificateCheck").BaseObject);
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_shown_to_the_server_and_by_its_thumbprint_to_the_user()
    {
        await using var server = new TlsServer();
        using X509Certificate2 own = TlsServer.Certificate("me");
        Invoke("Connect-GptChat -BaseUri $uri -Model m -SkipCertificateCheck -Certificate $own; Invoke-GptChat 'x'", ("uri", server.BaseUri), ("own", own));
        Assert.Equal([own.Thumbprint], server.Clients);
        Assert.Equal(own.Thumbprint, InvokeOne("(Get-GptConnection).CertificateThumbprint").BaseObject);
    }

    [Fact]
    public void A_certificate_may_be_the_path_of_its_file()
    {
        using X509Certificate2 own = TlsServer.Certificate("me");
        System.IO.File.WriteAllBytes(Folder.At("me.pfx"), own.Export(X509ContentType.Pfx));
        const string Script = "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); (Connect-GptChat -BaseUri https://host/v1 -Certificate {0} -PassThru).CertificateThumbprint";
        foreach (string path in new[] { "me.pfx", "./me.pfx", "([IO.FileInfo] $file)" })
        {
            Assert.Equal(own.Thumbprint, InvokeOne(Script.Replace("{0}", path, System.StringComparison.Ordinal), ("folder", Folder.Path), ("file", Folder.At("me.pfx"))).BaseObject);
        }
    }

    [Theory]
    [InlineData("./nope.pfx", "'./nope.pfx' cannot be found: ")]
    [InlineData("nowhere:\\x", "'nowhere:\\x' cannot be found: ")]
    [InlineData("$folder", "' is none.")]
    [InlineData("$locked", "Get-PfxCertificate '")]
    [InlineData("$text", "Get-PfxCertificate '")]
    [InlineData("5", "this is an Int32.")]
    [InlineData("' '", "this text is empty")]
    public void What_is_no_certificate_is_told(string given, string said)
    {
        using X509Certificate2 own = TlsServer.Certificate("me");
        System.IO.File.WriteAllBytes(Folder.At("locked.pfx"), own.Export(X509ContentType.Pfx, "hv-77-value-51c0"));
        string message = InvokeError("Connect-GptChat -BaseUri https://host/v1 -Certificate " + given, ("folder", Folder.Path), ("locked", Folder.At("locked.pfx")), ("text", Folder.Write("a.pfx", "text"))).Exception.Message;
        Assert.Contains("It takes a certificate or the path of one with its key, such as client.pfx; ", message);
        Assert.Contains(said, message);
    }

    [Fact]
    public void A_certificate_without_its_key_proves_nothing()
    {
        using X509Certificate2 own = TlsServer.Certificate("me");
        using X509Certificate2 half = X509CertificateLoader.LoadCertificate(own.RawData);
        Assert.Contains("no private key", InvokeError("Connect-GptChat -BaseUri https://host/v1 -Certificate $half", ("half", half)).IsKind("InvalidConnection", "ConnectGptChatCommand").Exception.Message);
    }
}
