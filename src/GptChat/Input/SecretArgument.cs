using System;
using System.Management.Automation;
using System.Security;
using GptChat.Connections;

namespace GptChat.Input;

/// <summary>Reads what is given as a secret: a SecureString, a credential's password, or plain text, which is worth a warning.</summary>
internal static class SecretArgument
{
    /// <summary>The secret.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="parameter">The parameter, for warnings and errors.</param>
    /// <param name="warn">Is told where the secret was given as plain text; null where that is no fault of the user's.</param>
    /// <exception cref="GptChatException">There is none; the message does not repeat the value.</exception>
    public static SecureString Read(object? value, string parameter, Action<string>? warn)
    {
        switch ((value as PSObject)?.BaseObject ?? value)
        {
            // A copy, since whoever made it may dispose of it, as one should.
            case SecureString { Length: > 0 } secure:
                return secure.Copy();
            case PSCredential { Password.Length: > 0 } credential:
                return credential.Password.Copy();
            case string text when SecureText.From(text) is { } secure:
                warn?.Invoke(parameter + " was given as plain text, which stays in the history and in transcripts. Use a SecureString (Read-Host -AsSecureString), -SecretName, or an environment variable.");
                return secure;
            case null or string or SecureString or PSCredential:
                throw Invalid(parameter + " is empty", "Is the variable set?");
            case var other:
                throw Invalid(parameter + " takes a SecureString or text, not " + Kind.Of(other), "Use Read-Host -AsSecureString or ConvertTo-SecureString.");
        }
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidConnection, message) { Hint = hint };
}
