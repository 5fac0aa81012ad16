using System.Management.Automation;

namespace GptChat.Output;

/// <summary>
/// Writes an answer to the host as it arrives, the way Write-Host does: on the information stream, so that <c>6&gt;$null</c>
/// silences it and <c>-InformationVariable</c> and transcripts have it.
/// </summary>
internal sealed class LiveText(Cmdlet cmdlet)
{
    private static readonly string[] HostTag = { "PSHOST" };
    private bool _isInLine;

    /// <summary>Writes a piece.</summary>
    public void Write(string text)
    {
        if (text.Length == 0) return;
        Send(text, endsLine: false);
        _isInLine = text[text.Length - 1] != '\n';
    }

    /// <summary>Ends the line that is open, so that what follows starts on its own.</summary>
    public void End()
    {
        if (_isInLine) Send(string.Empty, endsLine: true);
        _isInLine = false;
    }

    private void Send(string text, bool endsLine) =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = text, NoNewLine = !endsLine }, HostTag);
}
