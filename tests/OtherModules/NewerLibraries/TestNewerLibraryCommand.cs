using System.IO;
using System.Management.Automation;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.Tokenizers;

namespace OtherModules;

/// <summary>Uses the libraries that lie beside this module, and says what came of it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NewerLibrary")]
[OutputType(typeof(string))]
public sealed class TestNewerLibraryCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        using var words = new MemoryStream(Encoding.UTF8.GetBytes("{\"a\":0,\"b\":1,\"ab\":2}"));
        using var merges = new MemoryStream(Encoding.UTF8.GetBytes("#version: 0.2\na b\n"));
        WriteObject(BpeTokenizer.Create(words, merges).CountTokens("ab") + " token by " + typeof(Tokenizer).Assembly.Location);
        WriteObject("logs " + NullLogger.Instance.IsEnabled(LogLevel.Information));
        WriteObject("logging " + typeof(NullLogger).Assembly.GetName().Version + " of " + typeof(NullLogger).Assembly.Location);
    }
}
