using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Connections;
using GptChat.Input;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <content>What a call says in its headers.</content>
public sealed partial class InvokeGptChatCommand
{
    private IReadOnlyList<HeldHeader> _headers = Array.Empty<HeldHeader>();
    private GptGatewayOption? _gatewayOption;

    /// <summary>Headers that are added to this request, as a hashtable, an object with properties or text, 'X-Team: ops'. They come before those of the connection; a value of a hashtable may be a SecureString.</summary>
    [Parameter]
    [ValidateNotNull]
    [HeaderArgument]
    [ArgumentCompleter(typeof(HeaderCompleter))]
    public IDictionary? ExtraHeader { get; set; }

    /// <summary>What a Cloudflare AI gateway is told about this request, as a hashtable or an object with properties: cache, log, attempts, metadata. What it leaves out, the connection says.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(GatewayOptionCompleter))]
    public object? GatewayOption { get; set; }

    /// <summary>Reads them, before anything is read from the pipe.</summary>
    private void ReadHeaders()
    {
        _headers = HeaderArgument.Read(ExtraHeader, "-" + nameof(ExtraHeader), WriteWarning);
        _gatewayOption = GatewayArgument.Read(GatewayOption, "-" + nameof(GatewayOption));
    }

    /// <summary>Checks them against the connection that was chosen.</summary>
    private void RequireHeadersFit(GptConnection connection)
    {
        if (_gatewayOption is not null) GatewayHeaders.Require(_gatewayOption, connection.Provider, "-" + nameof(GatewayOption));
        foreach (HeldHeader header in _headers) Endpoint.RefuseKeyInClear(connection.Uri, header.IsSecret);
    }

    /// <summary>How often is tried: where the gateway tries again, the attempts would multiply.</summary>
    private int Retries(GptConnection connection) =>
        MyInvocation.BoundParameters.ContainsKey(nameof(MaximumRetryCount)) || GatewayHeaders.MaxAttempts(_gatewayOption, connection.GatewayOption) is null
            ? MaximumRetryCount
            : RetryPolicy.None.MostRetries;
}
