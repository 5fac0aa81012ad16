namespace System.Security.Cryptography.X509Certificates;

/// <summary>Reads certificates, as .NET 9 and later have it.</summary>
internal static class X509CertificateLoader
{
    /// <summary>A certificate without its key.</summary>
    public static X509Certificate2 LoadCertificate(byte[] data) => new(data);

    /// <summary>A certificate with its key.</summary>
    public static X509Certificate2 LoadPkcs12(byte[] data, string? password) => new(data, password);
}
