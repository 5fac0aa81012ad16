using System;
using System.Globalization;
using System.IO;

namespace GptChat.Content;

/// <summary>Reads a file that is to be sent, checked before anything is.</summary>
internal static class InputFile
{
    /// <summary>
    /// The most that images, sounds and files may have in one message, in bytes: what OpenAI documents for a request (50 MB). Other
    /// providers allow less and say so.
    /// </summary>
    public const long MostMedia = 50L * 1000 * 1000;

    /// <summary>The most images in one message, by the same documentation.</summary>
    public const int MostImages = 500;

    /// <summary>The whole content.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="GptChatException">It cannot be read or is too large for anything.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > TextFile.LargestFile)
            {
                throw Refused("'" + path + "' is too large: " + (length / (1024 * 1024)) + " MiB", "Send a part of it, such as Get-Content -Tail 1000.", null);
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refused("'" + path + "' cannot be read: " + failure.Message, "Check the path and its permissions.", failure);
        }
    }

    /// <summary>What can be sent as it is: an image, sound or document. Null for what may be text.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="name">What the user calls it, for the error.</param>
    /// <exception cref="GptChatException">It is neither text nor anything that can be sent.</exception>
    public static MediaType? SendableAs(byte[] bytes, string name)
    {
        MediaType? type = MediaType.Of(bytes);
        return type?.Kind switch
        {
            null or MediaKind.Image or MediaKind.Audio or MediaKind.Document => type,
            MediaKind.OtherImage => throw Refused("'" + name + "' is " + type.Name + ", which providers do not take", "Convert it to PNG, JPEG, WEBP or GIF.", null),
            MediaKind.OtherAudio => throw Refused("'" + name + "' is " + type.Name + ", which providers do not take", "Convert it to WAV or MP3.", null),
            _ => throw NotSendable(name, " (" + type.Name + ")"),
        };
    }

    /// <summary>The refusal of what is neither text nor anything that a model reads.</summary>
    public static GptChatException NotSendable(string name, string kind) => Refused(
        "'" + name + "' is not a text file" + kind,
        "Text, images (PNG, JPEG, WEBP, GIF), sound (WAV, MP3) and PDF can be sent: convert it first, or send it as it is with New-GptMessage -AsFile, to a provider that takes such files.",
        null);

    /// <summary>The type to name for a file that is sent as it is: Office documents are all ZIP archives, so there the name decides.</summary>
    public static MediaType TypeOfFile(byte[] bytes, string name)
    {
        if (MediaType.Of(bytes) is { } type && type.Extension != "zip") return type;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".docx" => Office("a Word document", "wordprocessingml.document", "docx"),
            ".xlsx" => Office("an Excel workbook", "spreadsheetml.sheet", "xlsx"),
            ".pptx" => Office("a PowerPoint presentation", "presentationml.presentation", "pptx"),
            _ when MediaType.Of(bytes) is { } archive => archive,
            _ when TextFile.IsText(bytes) => new MediaType(MediaKind.Document, "a text file", "text/plain", "txt"),
            _ => MediaType.Unknown,
        };
    }

    /// <summary>Throws if what a message holds beside text is more than providers take.</summary>
    /// <exception cref="GptChatException">Says by how much.</exception>
    public static void RequireWithinLimits(long bytes, int images)
    {
        if (bytes > MostMedia)
        {
            throw new GptChatException(GptErrorKind.RequestTooLarge, string.Format(
                CultureInfo.InvariantCulture, "The images, sounds and files of the message have {0:0.#} MB, {1:0.#} MB more than the {2} MB that providers take", bytes / 1e6, (bytes - MostMedia) / 1e6, MostMedia / 1000000))
            {
                Hint = "Send fewer or smaller ones, or images by their address with New-GptMessage -Uri. Nothing was sent.",
            };
        }

        if (images <= MostImages) return;
        throw new GptChatException(GptErrorKind.RequestTooLarge, string.Format(CultureInfo.InvariantCulture, "The message holds {0} images, more than the {1} that providers take", images, MostImages))
        {
            Hint = "Send them in several requests. Nothing was sent.",
        };
    }

    private static MediaType Office(string name, string type, string extension) =>
        new(MediaKind.Document, name, "application/vnd.openxmlformats-officedocument." + type, extension);

    private static GptChatException Refused(string message, string hint, Exception? inner) => new(GptErrorKind.FileNotReadable, message, inner) { Hint = hint };
}
