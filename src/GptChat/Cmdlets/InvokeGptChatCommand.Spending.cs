using System;
using System.Management.Automation;
using GptChat.Input;
using GptChat.Prices;
using GptChat.Recording;
using GptChat.Spending;
using GptChat.Tokens;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>What a call may cost, and what it did cost.</content>
public sealed partial class InvokeGptChatCommand
{
    private MeteredClient? _client;
    private SpendingLimits? _limits;

    /// <summary>
    /// The most that this call may cost, in US dollars; with -Each the whole pipeline. Checked before each request is sent, with the
    /// tokens of its prompt and the longest answer that it allows.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    [DollarArgument]
    public decimal? MaxCost { get; set; }

    /// <summary>The most tokens that this call may take, prompts and answers together; with -Each the whole pipeline. Checked before each request is sent.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [WholeNumberArgument(IsLong = true)]
    public long? MaxTotalTokens { get; set; }

    /// <summary>The most that this session may spend in all, in US dollars. If not given: that of the connection, else no limit. Get-GptUsage shows what was spent.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    [DollarArgument]
    public decimal? Budget { get; set; }

    /// <summary>What sends the requests of this call and keeps count of them.</summary>
    private MeteredClient Client() => _client ??= new MeteredClient(new ChatClient(Transport()), Session.Usage, Session.Prices);

    /// <summary>Reads the prices that the environment names, before anything is read from the pipe.</summary>
    private void ReadPrices()
    {
        // Every call asks for a price before it sends: meanwhile the rest of it is made.
        PriceTable.BeginToLoad();
        Session.Prices.ReadFile(Environment.GetEnvironmentVariable);
    }

    /// <summary>What a request will take at most.</summary>
    private RequestForecast Forecast(GptConnection connection, ChatParameters parameters, RequestBody body) =>
        RequestForecast.Of(body.Messages, parameters, Session.Prices.Find(connection.Provider, parameters.Model), StopToken, Terms.Window);

    /// <summary>
    /// Holds back what a request may take; null where there is no limit. In a bulk call it waits for those under way first: mostly they
    /// take less than they might have.
    /// </summary>
    /// <exception cref="GptChatException">It takes more than is left, or nobody knows how much.</exception>
    private Reservation? Reserve(ChatCall call)
    {
        // What a recording answers takes nothing.
        if (IsReplayed) return null;
        _limits ??= new SpendingLimits(Session.Usage.Account, MaxCost, MaxTotalTokens, Budget ?? call.Connection.Budget);
        if (!_limits.Any || IsHeld(call)) return null;
        RequestForecast forecast = Forecast(call.Connection, call.Parameters, call.Body);
        _limits.RequireKnown(forecast, call.Parameters.Model);
        while (true)
        {
            // In this order: what ends in between is in the account already.
            bool isAlone = IsIdle;
            if (_limits.TryHold(forecast) is { } reservation) return reservation;
            if (isAlone) throw _limits.Refusal(forecast);
            EmitOrWait();
        }
    }

    /// <summary>The same without waiting, on any thread.</summary>
    /// <exception cref="GptChatException">It takes more than is left.</exception>
    private Reservation? ReserveNow(ChatCall call)
    {
        if (_limits is not { Any: true } limits || IsHeld(call)) return null;
        RequestForecast forecast = Forecast(call.Connection, call.Parameters, call.Body);
        return limits.TryHold(forecast) ?? throw limits.Refusal(forecast);
    }

    /// <summary>What -WhatIf tells of a request's tokens; null where nothing is known of the model, or nobody asks.</summary>
    private RequestForecast? ForecastShown(GptConnection connection, ChatParameters parameters, RequestBody body) =>
        IsWhatIf() && (TokenIds.IsKnown(parameters.Model) || Session.Prices.Find(connection.Provider, parameters.Model) is not null) ? Forecast(connection, parameters, body) : null;

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
