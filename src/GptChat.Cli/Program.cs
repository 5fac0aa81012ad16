using System;
using GptChat.Cli;

// The engine reports its own start to its makers unless told not to, and it looks only once, when it starts.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

using var output = TextOutput.Open();
if (args.Length == 1 && HelpText.IsAskedFor(args[0]))
{
    output.WriteLine(HelpText.Text);
    return ExitCode.Success;
}

if (args.Length == 0 && !StandardInput.IsGiven)
{
    Console.Error.WriteLine(HelpText.Text);
    return ExitCode.Usage;
}

return new ChatSession(args, output).Run();
