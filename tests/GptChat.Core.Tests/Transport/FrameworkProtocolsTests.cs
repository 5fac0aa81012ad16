#if NETSTANDARD_CORE
using System.Net;
using System.Security.Authentication;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>TLS 1.2 or newer, whatever the process around it was set to.</summary>
public sealed class FrameworkProtocolsTests
{
    private const int Ssl3 = 48;
    private const int Tls10 = 192;
    private const int Tls11 = 768;
    private const int Tls12 = 3072;
    private const int Tls13 = 12288;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Ssl3 | Tls10, Tls12)]
    [InlineData(Tls10 | Tls11 | Tls12, Tls12)]
    [InlineData(Tls12 | Tls13, Tls12 | Tls13)]
    [InlineData(Tls13, Tls12 | Tls13)]
    public void LeavesOutWhatIsOld(int process, int expected) =>
        Assert.Equal((SslProtocols)expected, FrameworkProtocols.For((SecurityProtocolType)process));

    [Fact]
    public void ChangesNothingOfTheProcess()
    {
#pragma warning disable SYSLIB0014 // Obsolete, but what .NET Framework has.
        SecurityProtocolType before = ServicePointManager.SecurityProtocol;
        _ = HttpClients.For(new HttpSettings { SkipCertificateCheck = true, ProxyUser = nameof(ChangesNothingOfTheProcess) });
        Assert.Equal(before, ServicePointManager.SecurityProtocol);
#pragma warning restore SYSLIB0014
    }
}
#endif
