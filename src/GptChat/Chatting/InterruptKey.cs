using System;
using System.IO;
using System.Management.Automation.Host;
using System.Threading;
using GptChat.Hosting;

namespace GptChat.Chatting;

/// <summary>
/// Hears Ctrl+C while an answer comes. As a signal it would reach the console's host, which ends the whole pipeline and the chat
/// with it, and no handler beside the host's can hold that back. So the terminal is told to give it as a key, and is put back behind
/// the answer. What else is typed meanwhile is dropped.
/// </summary>
internal sealed class InterruptKey : IDisposable
{
    private const int LookEveryMilliseconds = 25;

    private readonly ManualResetEventSlim _isOver = new();
    private readonly Action _pressed;
    private readonly Thread _watch;
    private int _wasPressed;

    private InterruptKey(Action pressed)
    {
        _pressed = pressed;
        Console.TreatControlCAsInput = true;
        _watch = new Thread(Watch) { IsBackground = true, Name = "GptChat: Ctrl+C" };
        _watch.Start();
    }

    /// <summary>Whether it was pressed.</summary>
    public bool WasPressed => Volatile.Read(ref _wasPressed) != 0;

    /// <summary>Begins to listen; null where the host has no keyboard of this process, and the host's own way holds.</summary>
    /// <param name="host">The host.</param>
    /// <param name="pressed">What is to be done, on another thread.</param>
    public static InterruptKey? Listen(PSHost host, Action pressed)
    {
        if (!CanListen(host)) return null;
        try
        {
            return new InterruptKey(pressed);
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether keys can be heard: elsewhere Ctrl+C ends the chat.</summary>
    public static bool CanListen(PSHost host) => host.Name is Interaction.ConsoleHost or "Visual Studio Code Host" && !Console.IsInputRedirected;

    /// <summary>Puts the terminal back.</summary>
    public void Dispose()
    {
        _isOver.Set();
        _watch.Join();
        Console.TreatControlCAsInput = false;
        _isOver.Dispose();
    }

    private void Watch()
    {
        try
        {
            while (!_isOver.Wait(LookEveryMilliseconds))
            {
                while (Console.KeyAvailable)
                {
                    ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                    bool isInterrupt = key.KeyChar == '\u0003' || (key.Key == ConsoleKey.C && key.Modifiers == ConsoleModifiers.Control);
                    if (!isInterrupt) continue;
                    Volatile.Write(ref _wasPressed, 1);

                    // Each time: the first may have come before there was anything to stop.
                    _pressed();
                }
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            // The terminal is gone. Its end ends the shell as well.
        }
    }
}
