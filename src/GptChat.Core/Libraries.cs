using System;
using System.Reflection;

namespace GptChat;

/// <summary>
/// The libraries that ship beside the core and are called through delegates, never by reference: a reference is bound to whatever
/// version another module has loaded into the shell before, as long as it is newer, whether it fits or not.
/// </summary>
internal static class Libraries
{
    /// <summary>Finds one by its name; the module puts its own copies here, which nobody else sees.</summary>
    public static Func<string, Assembly> Loader { get; set; } = static name => Assembly.Load(new AssemblyName(name));
}
