using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GptChat.Core.Tests;

/// <summary>Certificates that nobody vouches for.</summary>
internal static class Certificates
{
    public static X509Certificate2 SelfSigned(string host, DateTimeOffset? until = null)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=" + host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset end = until ?? DateTimeOffset.UtcNow.AddDays(1);
        using X509Certificate2 certificate = request.CreateSelfSigned(end.AddDays(-30), end);

        // A key that lives in memory only is not good enough for some TLS stacks.
        byte[] exported = certificate.Export(X509ContentType.Pkcs12);
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(exported, null);
#else
        return new X509Certificate2(exported);
#endif
    }
}
