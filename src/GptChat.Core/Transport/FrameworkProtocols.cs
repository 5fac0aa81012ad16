#if !NET
using System.Net;
using System.Security.Authentication;

namespace GptChat.Transport;

/// <summary>
/// Which versions of TLS a handler of .NET Framework speaks. There they are a setting of the process, which belongs to everybody in
/// it: it is read and never written, and what is said here holds for the handler alone.
/// </summary>
internal static class FrameworkProtocols
{
    // .NET Standard 2.0 has no names for them.
    private const SslProtocols Tls13 = (SslProtocols)12288;
    private const SecurityProtocolType SystemDefault = 0;

    /// <summary>The versions for a new handler.</summary>
    public static SslProtocols Current => For(ServicePointManager.SecurityProtocol);

    /// <summary>
    /// What the process allows without what is older than TLS 1.2, and TLS 1.2 in any case. A process that leaves the choice to Windows
    /// goes on doing so: naming versions would keep newer ones out.
    /// </summary>
    public static SslProtocols For(SecurityProtocolType process) =>
        process == SystemDefault ? SslProtocols.None : ((SslProtocols)process & (SslProtocols.Tls12 | Tls13)) | SslProtocols.Tls12;
}
#endif
