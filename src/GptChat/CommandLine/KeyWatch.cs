using System;
using System.IO;
using System.Threading;

namespace GptChat.CommandLine;

/// <summary>Looks for Escape and Ctrl+C while a key's work is under way. PSReadLine takes both as keys, so nothing else would stop it.</summary>
internal sealed class KeyWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    /// <param name="stop">What is done when one is pressed.</param>
    public KeyWatch(Action stop)
    {
        _thread = new Thread(() => Watch(stop)) { IsBackground = true, Name = "GptChat keys" };
        _thread.Start();
    }

    /// <summary>Whether one was pressed.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Ends; no key is taken from then on.</summary>
    public void Dispose()
    {
        _isOver.Set();
        _thread.Join();
        _isOver.Dispose();
    }

    private void Watch(Action stop)
    {
        try
        {
            while (!_isOver.Wait(Interval))
            {
                if (!Console.KeyAvailable) continue;
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                bool isStop = key.Key == ConsoleKey.Escape || (key.Key == ConsoleKey.C && key.Modifiers == ConsoleModifiers.Control) || key.KeyChar == '\u0003';
                if (!isStop) continue;
                IsStopped = true;
                stop();
                return;
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            // A console without keys: there is nothing to look for.
        }
    }
}
