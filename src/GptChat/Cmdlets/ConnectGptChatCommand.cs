using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using GptChat.Completion;
using GptChat.Connections;
using GptChat.Input;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a connection and the default of this session.</para>
/// <para type="description">Nothing is sent: the parts are checked, and the key is kept as a SecureString.</para>
/// </summary>
/// <output cref="GptConnection">With -PassThru, the connection. Its keys cannot be shown or exported.</output>
[Cmdlet(VerbsCommunications.Connect, "GptChat", HelpUri = HelpPage.Folder + "Connect-GptChat.md")]
[OutputType(typeof(GptConnection))]
public sealed partial class ConnectGptChatCommand : GptCmdlet
{
#if NET
    private static readonly string[] ProviderNames = Enum.GetNames<GptProvider>();
#else
    private static readonly string[] ProviderNames = Enum.GetNames(typeof(GptProvider));
#endif

    /// <summary>The id of the Cloudflare account: 32 hexadecimal digits.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? AccountId { get; set; }

    /// <summary>The Cloudflare token, as a SecureString. Plain text is taken with a warning.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? ApiToken { get; set; }

    /// <summary>The name of the Cloudflare AI gateway; the account's default one if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? GatewayId { get; set; }

    /// <summary>At Cloudflare's gateway host, whose API is spoken: compat for models of all providers as provider/model (the default), else a provider's own path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GatewayPathCompleter))]
    [TextArgument]
    public string? GatewayPath { get; set; }

    /// <summary>What the Cloudflare AI gateway is told with every request, as a hashtable or an object with properties: cache, log, attempts, metadata. A call's own -GatewayOption comes first.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(GatewayOptionCompleter))]
    public object? GatewayOption { get; set; }

    /// <summary>The server's address, mostly ending with /v1, or the full one ending with /chat/completions.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [TextArgument]
    public string? BaseUri { get; set; }

    /// <summary>The server's key, as a SecureString. Plain text is taken with a warning.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? ApiKey { get; set; }

    /// <summary>A token of Microsoft Entra for Azure OpenAI instead of a key, as a SecureString. It lasts about an hour.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? EntraToken { get; set; }

    /// <summary>The version of Azure OpenAI's classic address, such as 2024-10-21. Without one the v1 address is used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiVersionCompleter))]
    [TextArgument]
    public string? ApiVersion { get; set; }

    /// <summary>The deployment on Azure OpenAI: part of the classic address, the model of the v1 address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Deployment { get; set; }

    /// <summary>The OpenAI organization that requests count for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Organization { get; set; }

    /// <summary>The OpenAI project that requests count for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Project { get; set; }

    /// <summary>The service. If not given: Cloudflare with -AccountId, a compatible server with -BaseUri.</summary>
    [Parameter]
    public GptProvider? Provider { get; set; }

    /// <summary>The connection's name; a connection of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [TextArgument]
    public string? Name { get; set; }

    /// <summary>The model used when a call names none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The name of a secret that holds the key, for the module Microsoft.PowerShell.SecretManagement.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? SecretName { get; set; }

    /// <summary>The vault of the secret; the default one if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Vault { get; set; }

    /// <summary>The wire's name for the limit of tokens, where the usual choice is wrong for the server.</summary>
    [Parameter]
    [ValidateSet(TokenLimit.MaxTokens, TokenLimit.MaxCompletionTokens)]
    public string? TokenLimitName { get; set; }

    /// <summary>The most that this session may spend in all, in US dollars, checked before each request through this connection is sent. A call's own -Budget comes first.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    [DollarArgument]
    public decimal? Budget { get; set; }

    /// <summary>Headers that are added to every request, as a hashtable, an object with properties or text, 'X-Team: ops'. A value of a hashtable may be a SecureString. The connection shows their names, never their values.</summary>
    [Parameter]
    [ValidateNotNull]
    [HeaderArgument]
    [ArgumentCompleter(typeof(HeaderCompleter))]
    public IDictionary? Header { get; set; }

    /// <summary>The proxy to go through, such as http://proxy:3128. If not given: that of the system.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The name and the password that the proxy asks for.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Take any certificate of the server, also a forged one. For tests alone.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>A certificate with its private key that is shown to the server, or the path of one without a password; Get-PfxCertificate asks for a password.</summary>
    [Parameter]
    [ValidateNotNull]
    [CertificateArgument]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Output the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        RequireText(nameof(AccountId), AccountId);
        RequireText(nameof(BaseUri), BaseUri);
        ConnectRules.CheckPairs(MyInvocation.BoundParameters);
        if (IsRecordingAlone)
        {
            Keep(GptConnection.OfRecording(Name, Model, Recording(Name ?? "Replay")));
            return;
        }

        GptProvider provider = ChooseProvider();
        ConnectRules.Check(MyInvocation.BoundParameters, provider);
        bool isGateway = provider == GptProvider.CloudflareGateway;
        SecureString? secret = SecretName is null ? null : SecretArgument.Read(ReadSecret(), "-SecretName", warn: null);
        SecureString? token = Secret(ApiToken, nameof(ApiToken));
        SecureString? key = Secret(ApiKey, nameof(ApiKey)) ?? Secret(EntraToken, nameof(EntraToken));

        // At the gateway host a secret is the token, unless that is given: then it is the provider's key.
        if (isGateway && token is null) token = secret;
        else key ??= secret;
        GptConnection connection = ConnectionFactory.Create(new ConnectionParts
        {
            Provider = provider,
            Name = Name,
            AccountId = AccountId,
            GatewayId = GatewayId,
            GatewayPath = GatewayPath,
            GatewayOption = GatewayArgument.Read(GatewayOption, "-" + nameof(GatewayOption)),
            BaseUri = BaseUri,
            Key = isGateway ? key : key ?? token,
            GatewayToken = isGateway ? token : null,
            IsEntraToken = EntraToken is not null,
            Model = Model,
            ApiVersion = ApiVersion,
            Deployment = Deployment,
            Organization = Organization,
            Project = Project,
            Headers = HeaderArgument.Read(Header, "-" + nameof(Header), WriteWarning),
            Http = HttpSettings(),
            Redaction = RedactionOfCalls(),
            TokenLimitName = TokenLimitName,
            Recording = Recording(Name),
            Cache = CacheOf(Name),
            Budget = Budget,
        });
        Keep(connection);
    }

    private void Keep(GptConnection connection)
    {
        Session.Add(connection);
        Session.RememberModel(connection.Model);
        WriteVerbose("Connected as '" + connection.Name + "': " + connection.Uri.AbsoluteUri + ". Nothing was sent.");
        if (PassThru) WriteObject(connection);
    }

    /// <summary>The service that is said, or the only one that has what is given.</summary>
    private GptProvider ChooseProvider()
    {
        if (Provider is { } given) return given;
        if (GatewayPath is not null) return GptProvider.CloudflareGateway;
        if (AccountId is not null || GatewayId is not null || (ApiToken is not null && BaseUri is null)) return GptProvider.Cloudflare;
        if (ApiVersion is not null || Deployment is not null || EntraToken is not null) return GptProvider.AzureOpenAI;
        if (BaseUri is not null) return GptProvider.Compatible;
        if (Organization is not null || Project is not null) return GptProvider.OpenAI;
        throw Invalid(
            "Say what to connect to",
            "For Cloudflare: Connect-GptChat -AccountId ID -ApiToken TOKEN. For any compatible server: Connect-GptChat -BaseUri http://127.0.0.1:8080/v1 -Model NAME. "
            + "For others: Connect-GptChat -Provider " + string.Join("|", ProviderNames) + " …. Without Connect-GptChat the environment's variables are used.");
    }

    private SecureString? Secret(object? value, string parameter) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? SecretArgument.Read(value, "-" + parameter, WriteWarning) : null;

    private HttpSettings HttpSettings()
    {
        if (Proxy is { } proxy)
        {
            if (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5")) throw Invalid("-Proxy is not the address of a proxy", "One looks like http://proxy:3128.");
            if (proxy.UserInfo.Length > 0) throw Invalid("-Proxy holds a user name or password, which would appear in errors", "Give them as -ProxyCredential.");
        }

        if (Certificate is { HasPrivateKey: false }) throw Invalid("-Certificate has no private key, so nothing can be proved with it", "Load it with its key, such as from a .pfx file.");
        return new HttpSettings
        {
            Proxy = Proxy,
            ProxyUser = ProxyCredential?.UserName,
            ProxyPassword = ProxyCredential?.Password.Copy(),
            SkipCertificateCheck = SkipCertificateCheck,
            Certificate = Certificate,
        };
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
