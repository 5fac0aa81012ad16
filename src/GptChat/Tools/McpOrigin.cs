using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GptChat.Tools;

/// <summary>Where a server of the Model Context Protocol comes from: a program that is started, or an address.</summary>
internal sealed record McpOrigin
{
    /// <summary>The address; null for a program.</summary>
    public Uri? Endpoint { get; private init; }

    /// <summary>The program; null for an address.</summary>
    public string? Command { get; private init; }

    /// <summary>The program's arguments.</summary>
    public string[] Arguments { get; private init; } = [];

    /// <summary>Where the program starts.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>Variables of the program, beside the few that every program needs.</summary>
    public IDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Headers for the address.</summary>
    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What must not be shown of all that.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>What people call it: the address or the program, without the arguments, in which a key may stand.</summary>
    public string Name => Endpoint?.GetLeftPart(UriPartial.Path) ?? System.IO.Path.GetFileName(Command!);

    /// <summary>What tells it from others. Two with the same are one.</summary>
    public string Key => string.Join(
        "\n",
        new[] { Endpoint?.AbsoluteUri ?? Command!, Folder }.Concat(Arguments).Concat(Environment.Select(one => one.Key + "=" + one.Value)).Concat(Headers.Select(one => one.Key + ": " + one.Value)));

    /// <summary>Reads what the user gives.</summary>
    /// <param name="given">An address, a command line, or a program and its arguments one by one.</param>
    /// <exception cref="GptChatException">It is neither.</exception>
    public static McpOrigin Read(string[] given)
    {
        bool isAddress = given.Length == 1 && Uri.TryCreate(given[0].Trim(), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        if (isAddress) return new McpOrigin { Endpoint = new Uri(given[0].Trim()) };
        string[] words = given.Length == 1 ? Words(given[0]) : given;
        if (words.Length == 0 || words[0].Length == 0) throw new GptChatException(GptErrorKind.InvalidParameter, "-McpServer is empty") { Hint = "Give a command line such as 'npx -y @modelcontextprotocol/server-everything', or an address." };
        return new McpOrigin { Command = words[0], Arguments = words.Skip(1).ToArray() };
    }

    /// <summary>The words of a command line; quotes, of either kind, hold words together.</summary>
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        bool isOpen = false;
        foreach (char character in line)
        {
            if (character == quote)
            {
                quote = null;
            }
            else if (quote is null && character is '"' or '\'')
            {
                quote = character;
                isOpen = true;
            }
            else if (quote is null && char.IsWhiteSpace(character))
            {
                if (isOpen) words.Add(word.ToString());
                word.Clear();
                isOpen = false;
            }
            else
            {
                word.Append(character);
                isOpen = true;
            }
        }

        if (isOpen) words.Add(word.ToString());
        return words.ToArray();
    }
}
