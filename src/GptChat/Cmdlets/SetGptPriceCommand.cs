using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Prices;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Says what a model costs, for this session.</para>
/// <para type="description">Costs and limits of cost are reckoned with it from then on. The variable GPTCHAT_PRICES may name a file for every session.</para>
/// </summary>
/// <output cref="GptPrice">With -PassThru, the prices that count from now on.</output>
[Cmdlet(VerbsCommon.Set, "GptPrice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpPage.Folder + "Set-GptPrice.md")]
[OutputType(typeof(GptPrice))]
public sealed class SetGptPriceCommand : GptCmdlet
{
    private const string BySession = "Set-GptPrice";

    private static readonly (string First, string Second, string Why)[] Exclusive =
    {
        ("Path", "Model", "A file has prices of its own: choose one."),
        ("Path", "Reset", "-Reset forgets the prices of this session: do one after the other."),
        ("Model", "Reset", "-Reset forgets the prices of this session: do one after the other."),
    };

    private static readonly (string Parameter, string[] Needs, string Why)[] Dependent =
    {
        ("Model", new[] { "Input" }, "It is the price of the prompt, in US dollars for a million tokens; 0 for a server of your own."),
        ("Model", new[] { "Output" }, "It is the price of the answer, in US dollars for a million tokens; 0 for a server of your own."),
        ("Input", new[] { "Model" }, "Name the model that costs it."),
        ("Output", new[] { "Model" }, "Name the model that costs it."),
        ("CachedInput", new[] { "Model" }, "Name the model that costs it."),
        ("ContextWindow", new[] { "Model" }, "Name the model that has it."),
        ("MaxOutputTokens", new[] { "Model" }, "Name the model that has it."),
    };

    /// <summary>The model, as requests or answers name it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The price of a million tokens of the prompt, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    [DollarArgument]
    public decimal? Input { get; set; }

    /// <summary>The price of a million tokens that the provider had cached. If not given: that of -Input.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    [DollarArgument]
    public decimal? CachedInput { get; set; }

    /// <summary>The price of a million tokens of the answer, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    [DollarArgument]
    public decimal? Output { get; set; }

    /// <summary>How many tokens prompt and answer may have together. If not given: as it was known.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [WholeNumberArgument(IsLong = true)]
    public long? ContextWindow { get; set; }

    /// <summary>How many tokens an answer may have. If not given: as it was known.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [WholeNumberArgument(IsLong = true)]
    public long? MaxOutputTokens { get; set; }

    /// <summary>A JSON file of prices, in the form of the one that ships: bin/net8.0/GptChat.Prices.json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument(IsPath = true)]
    public string? Path { get; set; }

    /// <summary>Forget the prices that were set in this session.</summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    /// <summary>Output the prices that count from now on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        RuleTable rules = new RuleTable(GptErrorKind.InvalidParameter, MyInvocation.BoundParameters).Exclude(Exclusive);
        if (Path is null && Model is null && !Reset)
        {
            rules.Need(Dependent.Where(rule => rule.Needs[0] == nameof(Model)));
            throw new GptChatException(GptErrorKind.InvalidParameter, "Say which model costs what")
            {
                Hint = "Set-GptPrice -Model NAME -Input 1.25 -CachedInput 0.125 -Output 10, in US dollars for a million tokens, or Set-GptPrice -Path FILE.",
            };
        }

        rules.Need(Dependent);
        if (Model is not null && Model.Trim().Length == 0) throw new GptChatException(GptErrorKind.InvalidParameter, "-Model is empty") { Hint = "Is the variable set?" };
        if (Reset)
        {
            if (ShouldProcess("The prices that were set in this session", "Forget")) Session.Prices.Clear();
            return;
        }

        foreach (GptPrice price in Prices())
        {
            string action = string.Format(CultureInfo.InvariantCulture, "Set the price to {0} in, {1} out", price.Input, price.Output);
            if (!ShouldProcess(price.Model, action)) continue;
            GptPrice set = Session.Prices.Set(price);
            if (PassThru) WriteObject(set);
        }
    }

    private IReadOnlyList<GptPrice> Prices() => Path is not null
        ? PriceFile.Read(new PathResolver(this).Literal(Path))
        : new[]
        {
            new GptPrice(Model!.Trim(), Input!.Value, Output!.Value) { CachedInput = CachedInput, ContextWindow = ContextWindow, MaxOutputTokens = MaxOutputTokens, Source = BySession },
        };
}
