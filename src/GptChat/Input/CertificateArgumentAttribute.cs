using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GptChat.Input;

/// <summary>
/// Takes a certificate, or where one lies: a file, or a path of the drive <c>Cert:</c>. Paths are those of the shell; the engine would look for
/// them where the program was started.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CertificateArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Forms = "It takes a certificate or the path of one with its key, such as client.pfx";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        return plain switch
        {
            null or X509Certificate2 => plain,
            FileInfo file => Load(file.FullName),
            string path when path.Trim().Length == 0 => throw Wrong("this text is empty. Is the variable set?"),
            string path => Find(path, engineIntrinsics),
            _ => throw Wrong("this is " + Kind.Of(plain) + "."),
        };
    }

    private static X509Certificate2 Find(string path, EngineIntrinsics engine)
    {
        object? found;
        try
        {
            found = engine.InvokeProvider.Item.Get(new[] { path }, force: false, literalPath: true).FirstOrDefault()?.BaseObject;
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw Wrong("'" + path + "' cannot be found: " + failure.Message, failure);
        }

        return found switch
        {
            X509Certificate2 certificate => certificate,
            FileInfo file => Load(file.FullName),
            _ => throw Wrong("'" + path + "' is none."),
        };
    }

    private static X509Certificate2 Load(string file)
    {
        try
        {
            return new X509Certificate2(file);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Wrong("'" + file + "' cannot be read without a password, or is none. With its password: -Certificate (Get-PfxCertificate '" + file.Replace("'", "''") + "').", failure);
        }
    }

    private static ArgumentTransformationMetadataException Wrong(string what, Exception? inner = null) => new(Forms + "; " + what, inner);
}
