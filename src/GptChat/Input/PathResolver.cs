using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Finds the files that a path of PowerShell means: relative to its location, with its drives and wildcards.</summary>
internal sealed class PathResolver(PSCmdlet cmdlet)
{
    /// <summary>The files of <c>-Path</c> and <c>-LiteralPath</c>, in order.</summary>
    /// <exception cref="GptChatException">A path means no file, or no pattern matches one.</exception>
    public IEnumerable<string> Files(string[]? paths, string[]? literalPaths)
    {
        string[] found = (paths ?? Array.Empty<string>()).SelectMany(Expand).Select(RequireFile).ToArray();
        if (paths is not null && found.Length == 0)
        {
            // Whoever names files expects them in the request: without them the answer would be about nothing.
            throw new GptChatException(GptErrorKind.NoInput, "No file matches " + string.Join(", ", paths.Select(path => "'" + path + "'")))
            {
                Hint = "Check the pattern; the location is that of the shell. Nothing was sent.",
            };
        }

        return found.Concat((literalPaths ?? Array.Empty<string>()).Select(path => RequireFile(LiteralFile(path))));
    }

    /// <summary>A path taken as it is, for a file that need not exist yet.</summary>
    /// <exception cref="GptChatException">It is not a path of the file system.</exception>
    public string Literal(string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : throw NotUsable(path, "it is a path of " + provider.Name, null);
        }
        catch (Exception failure) when (failure is ItemNotFoundException or global::System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException)
        {
            throw NotUsable(path, failure.Message, failure);
        }
    }

    /// <summary>A path taken as it is, of a file that is to be sent.</summary>
    private string LiteralFile(string path)
    {
        try
        {
            return Literal(path);
        }
        catch (GptChatException failure) when (failure.Kind == GptErrorKind.InvalidParameter)
        {
            throw NotAFile(path, "it is no path of the file system", failure);
        }
    }

    private Collection<string> Expand(string path)
    {
        try
        {
            Collection<string> files = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            return provider.Name == "FileSystem" ? files : throw NotAFile(path, "it is a path of " + provider.Name, null);
        }
        catch (ItemNotFoundException failure)
        {
            throw NotAFile(path, "there is no such file", failure);
        }
        catch (Exception failure) when (failure is global::System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException)
        {
            throw NotAFile(path, failure.Message, failure);
        }
    }

    private static string RequireFile(string path)
    {
        if (File.Exists(path)) return path;
        throw NotAFile(path, Directory.Exists(path) ? "it is a folder" : "there is no such file", null);
    }

    private static GptChatException NotUsable(string path, string problem, Exception? inner) => new(GptErrorKind.InvalidParameter, "'" + path + "' cannot be used: " + problem, inner)
    {
        Hint = "Give a path of the file system; its location is that of the shell. Nothing was sent.",
        Target = path,
    };

    private static GptChatException NotAFile(string path, string problem, Exception? inner) => new(GptErrorKind.FileNotReadable, "'" + path + "' cannot be read: " + problem, inner)
    {
        Hint = "Check the path; the location is that of the shell. Nothing was sent.",
        Target = path,
    };
}
