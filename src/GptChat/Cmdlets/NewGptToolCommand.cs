using System.Collections;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Tools;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a tool, which a model may call, of a PowerShell command, a script block or what an MCP server offers.</para>
/// <para type="description">Invoke-GptChat -Tool takes commands by name too; here is said what the model gets to see and what the tool may take.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "GptTool", DefaultParameterSetName = FromCommand, HelpUri = HelpPage.Folder + "New-GptTool.md")]
[OutputType(typeof(GptTool))]
public sealed partial class NewGptToolCommand : GptCmdlet
{
    private const string FromCommand = "Command";

    /// <summary>The command: its name, what Get-Command gives, or a script block with param().</summary>
    [Parameter(ParameterSetName = FromCommand, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ToolCompleter))]
    public object Command { get; set; } = null!;

    /// <summary>
    /// The name that the model calls it by. If not given: that of the command; a script block needs one. Of a server's tools: which of them,
    /// wildcards allowed; all if not given.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Name { get; set; }

    /// <summary>What the model is told that it does. If not given: the synopsis of the command's help.</summary>
    [Parameter(ParameterSetName = FromCommand)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument(IsContent = true)]
    public string? Description { get; set; }

    /// <summary>The parameters that the model may give. If not given: all of the parameter set that a model can give.</summary>
    [Parameter(ParameterSetName = FromCommand)]
    [ValidateNotNullOrEmpty]
    public string[]? Parameter { get; set; }

    /// <summary>The parameter set. If not given: the usual one, else the first that fits.</summary>
    [Parameter(ParameterSetName = FromCommand)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    public string? ParameterSet { get; set; }

    /// <summary>Parameters that you give, as a hashtable or an object with properties. The model neither sees nor changes them.</summary>
    [Parameter(ParameterSetName = FromCommand)]
    [ValidateNotNull]
    [TableArgument("@{ Path = 'C:\\logs' }")]
    [ArgumentCompleter(typeof(BindCompleter))]
    public IDictionary Bind { get; set; } = new Hashtable();

    /// <summary>How many seconds (or a time such as 2m) a call may take, 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double TimeoutSec { get; set; } = ToolDefaults.TimeoutSec;

    /// <summary>How many characters of a result the model gets to see, 100 to 10,000,000.</summary>
    [Parameter]
    [ValidateRange(100, 10_000_000)]
    [WholeNumberArgument]
    public int MaxResultLength { get; set; } = ToolDefaults.MaxResultLength;

    /// <summary>That it changes nothing and runs without being asked about, or with :$false that it does. If not given, the verb says: Get, Test, Measure, Select, ConvertTo …</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The session in which it is run: another machine, or an endpoint that allows no other commands.</summary>
    [Parameter(ParameterSetName = FromCommand)]
    [ValidateNotNull]
    [SessionArgument]
    public System.Management.Automation.Runspaces.PSSession? ToolSession { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (McpServer is not null)
        {
            WriteServerTools();
            return;
        }

        object plain = (Command as PSObject)?.BaseObject ?? Command;
        if (!ToolMaker.IsCommand(plain))
        {
            throw new GptChatException(GptErrorKind.ToolNotUsable, "-Command takes the name of a command, what Get-Command gives, or a script block")
            {
                Hint = "A tool in the protocol's shape needs no New-GptTool: give it to Invoke-GptChat -Tool.",
                Target = Command,
            };
        }

        var wishes = new ToolWishes
        {
            Name = Name,
            Description = Description,
            Parameters = Parameter,
            ParameterSet = ParameterSet,
            Bound = Bind,
            IsReadOnly = MyInvocation.BoundParameters.ContainsKey(nameof(ReadOnly)) ? ReadOnly.IsPresent : null,
            TimeoutSec = TimeoutSec,
            MaxResultLength = MaxResultLength,
        };
        WriteObject(new ToolMaker(this, ToolSession, StopToken).Make(plain, wishes));
    }
}
