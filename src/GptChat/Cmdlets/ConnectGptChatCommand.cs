using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using GptChat.Completion;
using GptChat.Connections;
using GptChat.Hosting;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a connection and the default of this session.</para>
/// <para type="description">Nothing is sent: the parts are checked, and the key is kept as a SecureString.</para>
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "GptChat")]
[OutputType(typeof(GptConnection))]
public sealed class ConnectGptChatCommand : GptCmdlet
{
    /// <summary>The id of the Cloudflare account: 32 hexadecimal digits.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? AccountId { get; set; }

    /// <summary>The Cloudflare token, as a SecureString. Plain text is taken with a warning.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public object? ApiToken { get; set; }

    /// <summary>The name of the Cloudflare AI gateway; the account's default one if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? GatewayId { get; set; }

    /// <summary>The server's address, mostly ending with /v1, or the full one ending with /chat/completions.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? BaseUri { get; set; }

    /// <summary>The server's key, as a SecureString. Plain text is taken with a warning.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public object? ApiKey { get; set; }

    /// <summary>The service. If not given: Cloudflare with -AccountId, a compatible server with -BaseUri.</summary>
    [Parameter]
    public GptProvider? Provider { get; set; }

    /// <summary>The connection's name; a connection of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The model used when a call names none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The name of a secret that holds the key, for the module Microsoft.PowerShell.SecretManagement.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault of the secret; the default one if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The wire's name for the limit of tokens, where the usual choice is wrong for the server.</summary>
    [Parameter]
    [ValidateSet(TokenLimit.MaxTokens, TokenLimit.MaxCompletionTokens)]
    public string? TokenLimitName { get; set; }

    /// <summary>Output the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        RequireText(nameof(AccountId), AccountId);
        RequireText(nameof(BaseUri), BaseUri);
        GptProvider provider = ChooseProvider();
        GptConnection connection = ConnectionFactory.Create(new ConnectionParts
        {
            Provider = provider,
            Name = Name,
            AccountId = AccountId,
            GatewayId = GatewayId,
            BaseUri = BaseUri,
            Key = ChooseKey(),
            Model = Model,
            TokenLimitName = TokenLimitName,
        });
        Session.Add(connection);
        Session.RememberModel(connection.Model);
        WriteVerbose("Connected as '" + connection.Name + "': " + connection.Uri.AbsoluteUri + ". Nothing was sent.");
        if (PassThru) WriteObject(connection);
    }

    private GptProvider ChooseProvider()
    {
        if (Provider is { } given) return given;
        if (AccountId is not null || GatewayId is not null || (ApiToken is not null && BaseUri is null)) return GptProvider.Cloudflare;
        if (BaseUri is not null) return GptProvider.Compatible;
        throw Invalid(
            "Say what to connect to",
            "For Cloudflare: Connect-GptChat -AccountId ID -ApiToken TOKEN. For any compatible server: Connect-GptChat -BaseUri http://127.0.0.1:8080/v1 -Model NAME. "
            + "For others: Connect-GptChat -Provider Cloudflare|OpenAI|AzureOpenAI|Ollama|Compatible …. Without Connect-GptChat the environment's variables are used.");
    }

    private SecureString? ChooseKey()
    {
        string[] given = new[] { nameof(ApiToken), nameof(ApiKey), nameof(SecretName) }.Where(MyInvocation.BoundParameters.ContainsKey).ToArray();
        if (given.Length > 1) throw Invalid("-" + string.Join(" and -", given) + " cannot be used together", "There is one key: choose where it comes from.");
        if (Vault is not null && SecretName is null) throw Invalid("-Vault needs -SecretName", "Name the secret that holds the key.");
        if (given.Length == 0) return null;
        return SecretName is not null ? Secure(ReadSecret(), "-SecretName", warns: false) : Secure(ApiToken ?? ApiKey, "-" + given[0], warns: true);
    }

    private SecureString Secure(object? value, string source, bool warns)
    {
        switch ((value as PSObject)?.BaseObject ?? value)
        {
            // A copy, since whoever made it may dispose of it, as one should.
            case SecureString { Length: > 0 } secure:
                return secure.Copy();
            case PSCredential { Password.Length: > 0 } credential:
                return credential.Password.Copy();
            case string text when SecureText.From(text) is { } secure:
                if (warns)
                {
                    WriteWarning(source + " was given as plain text, which stays in the history and in transcripts. Use a SecureString (Read-Host -AsSecureString), -SecretName, or an environment variable.");
                }

                return secure;
            case null or string or SecureString or PSCredential:
                throw Invalid(source + " is empty", "Is the variable set?");
            case var other:
                throw Invalid(source + " takes a SecureString or text, not a " + other.GetType().Name, "Use Read-Host -AsSecureString or ConvertTo-SecureString.");
        }
    }

    private PSObject? ReadSecret()
    {
        try
        {
            return InvokeCommand.InvokeScript(
                "param($name, $vault) if ($vault) { Get-Secret -Name $name -Vault $vault -ErrorAction Stop } else { Get-Secret -Name $name -ErrorAction Stop }", SecretName, Vault).FirstOrDefault();
        }
        catch (CommandNotFoundException failure)
        {
            throw new GptChatException(GptErrorKind.InvalidConnection, "-SecretName needs the command Get-Secret", failure)
            {
                Hint = "Install the module Microsoft.PowerShell.SecretManagement and a vault, or give the key as -ApiKey.",
            };
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw new GptChatException(GptErrorKind.InvalidConnection, "The secret '" + SecretName + "' cannot be read: " + failure.Message, failure)
            {
                Hint = "Check its name and vault with Get-SecretInfo.",
            };
        }
    }

    private void RequireText(string parameter, string? value)
    {
        if (MyInvocation.BoundParameters.ContainsKey(parameter) && string.IsNullOrWhiteSpace(value)) throw Invalid("-" + parameter + " is empty", "Is the variable set?");
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidConnection, message) { Hint = hint };
}
