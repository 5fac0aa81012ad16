using System;
using System.Collections.Generic;

namespace GptChat.Rendering;

/// <summary>What is coloured in a language's code.</summary>
internal sealed class CodeLanguage
{
    private static readonly CodeLanguage PowerShell = new(
        "begin break catch class continue data default do dynamicparam else elseif end enum exit filter finally for foreach from function hidden if in param process return static switch throw trap try until using while",
        '#', '`', "'\"", StringComparer.OrdinalIgnoreCase);

    private static readonly CodeLanguage Shell = new("case do done elif else esac export fi for function if in local return select then until while", '#', '\\', "'\"", StringComparer.Ordinal);

    private static readonly CodeLanguage Json = new("true false null", '\0', '\\', "\"", StringComparer.Ordinal);

    private readonly HashSet<string> _keywords;

    private CodeLanguage(string keywords, char comment, char escape, string quotes, StringComparer comparer)
    {
        _keywords = new(keywords.Split(' '), comparer);
        Comment = comment;
        Escape = escape;
        Quotes = quotes;
    }

    /// <summary>What begins a comment.</summary>
    public char Comment { get; }

    /// <summary>What makes the next character ordinary, within double quotes.</summary>
    public char Escape { get; }

    /// <summary>What texts stand in.</summary>
    public string Quotes { get; }

    /// <summary>Whether a word is one of the language's own.</summary>
    public bool IsKeyword(string word) => _keywords.Contains(word);

    /// <summary>The language of a fence's label; null if it is not known.</summary>
    public static CodeLanguage? Find(string label)
    {
        return label.Split(' ', ',', '{')[0].ToUpperInvariant() switch
        {
            "POWERSHELL" or "PWSH" or "PS1" or "PS" or "POSH" => PowerShell,
            "BASH" or "SH" or "SHELL" or "ZSH" => Shell,
            "JSON" or "JSONC" or "JSONL" => Json,
            _ => null,
        };
    }
}
