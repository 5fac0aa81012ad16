using System.Collections.Generic;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Probing;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Tests a connection step by step: name, port, certificate, key, model.</para>
/// <para type="description">The last step asks the model for one token (16 where it takes no smaller limit), which is billed. A failing step says what to change; those after it are not tried. A connection that fails is a result and no error.</para>
/// </summary>
/// <output cref="bool">With -Quiet, whether the connection works.</output>
[Cmdlet(VerbsDiagnostic.Test, "GptConnection", HelpUri = HelpPage.Folder + "Test-GptConnection.md")]
[OutputType(typeof(GptConnectionTest), typeof(bool))]
public sealed class TestGptConnectionCommand : GptQueryCmdlet
{
    /// <summary>The name of a connection, or a connection. If not given: the latest one made, or the environment's.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>The model to ask; that of the connection if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Output $true or $false and nothing else: whether a model answered. Without any connection it is $false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        GptConnection connection;
        try
        {
            connection = ResolveConnection(Connection, warns: !Quiet);
            ConnectionChoice.RequireModelFits(Model, connection);
        }
        catch (GptChatException failure) when (Quiet && Connection is null && failure.Kind is GptErrorKind.NoConnection or GptErrorKind.InvalidConnection)
        {
            // Nobody named a connection, so nothing was mistyped: the answer to the question is no.
            WriteVerbose(failure.Message);
            WriteObject(false);
            return;
        }
        catch (GptChatException failure)
        {
            ReportFailure(failure, Connection);
            return;
        }

        string? model = Model ?? connection.Model;
        bool isGood = false;
        IAsyncEnumerable<GptConnectionTest> probe = ReplayOf(connection) is { } recording
            ? RecordingProbe.RunAsync(connection, recording)
            : ConnectionProbe.RunAsync(connection, model, Timeouts, StopToken);
        using (var steps = new AsyncPull<GptConnectionTest>(probe, new WaitTeller(this), StopToken))
        {
            while (steps.MoveNext())
            {
                GptConnectionTest step = steps.Current;
                isGood = step is { Step: "Answer", Status: GptTestStatus.Passed };
                if (!Quiet) WriteObject(step);
            }
        }

        if (isGood) Session.RememberModel(model);
        if (Quiet) WriteObject(isGood);
    }
}
