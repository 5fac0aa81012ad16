using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Content;

/// <summary>Makes the content parts that are not text.</summary>
internal static class MediaPart
{
    private const string Base64Mark = ";base64,";

    /// <summary>
    /// An image or sound as what it is, a document as a file.
    /// </summary>
    /// <param name="bytes">The content.</param>
    /// <param name="type">What it is, one that can be sent.</param>
    /// <param name="name">Its name.</param>
    /// <param name="detail">How closely an image is to be looked at; null for the provider's choice.</param>
    public static GptContentPart FromBytes(byte[] bytes, MediaType type, string name, string? detail) => type.Kind switch
    {
        MediaKind.Image => Image(Label("image", name, bytes.Length), detail, writer => WriteData(writer, "url", DataHead(type.Mime), bytes)),
        MediaKind.Audio => Audio(bytes, type, name),
        _ => File(bytes, type, name),
    };

    /// <summary>An image that the provider fetches, or one that the address holds.</summary>
    public static GptContentPart FromAddress(string address, string? detail)
    {
        bool isHeld = address.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return Image("image " + (isHeld ? "in its address" : address), detail, writer => writer.WriteString("url", address));
    }

    /// <summary>A file in the form that any provider of files takes, whatever it is.</summary>
    public static GptContentPart File(byte[] bytes, MediaType type, string name) => Make(PartTypes.File, Label("file", name, bytes.Length), writer =>
    {
        writer.WriteStartObject("file");
        writer.WriteString("filename", name);

        // The schema says base64, but only a data address is understood in practice.
        WriteData(writer, "file_data", DataHead(type.Mime), bytes);
        writer.WriteEndObject();
    });

    /// <summary>A file that was given to the provider before.</summary>
    public static GptContentPart FromFileId(string id) => Make(PartTypes.File, "file " + id, writer =>
    {
        writer.WriteStartObject("file");
        writer.WriteString("file_id", id);
        writer.WriteEndObject();
    });

    /// <summary>Whether a part is an image that the provider must fetch.</summary>
    public static bool IsRemoteImage(GptContentPart part) => part.Utf8.Span.StartsWith("{\"type\":\"image_url\",\"image_url\":{\"url\":\"http"u8);

    private static GptContentPart Audio(byte[] bytes, MediaType type, string name) => Make(PartTypes.Audio, Label("sound", name, bytes.Length), writer =>
    {
        writer.WriteStartObject("input_audio");
        WriteData(writer, "data", string.Empty, bytes);
        writer.WriteString("format", type.Extension);
        writer.WriteEndObject();
    });

    private static GptContentPart Image(string label, string? detail, Action<Utf8JsonWriter> writeUrl) => Make(PartTypes.Image, label, writer =>
    {
        writer.WriteStartObject("image_url");
        writeUrl(writer);
        if (detail is not null) writer.WriteString("detail", detail);
        writer.WriteEndObject();
    });

    private static GptContentPart Make(string type, string label, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            write(writer);
            writer.WriteEndObject();
        }

        return GptContentPart.FromUtf8(type, buffer.GetBuffer().AsMemory(0, (int)buffer.Length), label);
    }

    private static string DataHead(string mime) => "data:" + mime + Base64Mark;

    /// <summary>Writes bytes as base64 behind a head, without a string in between: an image may have tens of megabytes.</summary>
    private static void WriteData(Utf8JsonWriter writer, string name, string head, byte[] bytes)
    {
        var text = new byte[1 + head.Length + System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 1];
        text[0] = (byte)'"';
        for (int i = 0; i < head.Length; i++) text[i + 1] = (byte)head[i];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, text.AsSpan(head.Length + 1), out _, out int written);
        int length = head.Length + 1 + written;
        text[length] = (byte)'"';
        writer.WritePropertyName(name);

        // Base64 and the head hold nothing that JSON escapes.
        writer.WriteRawValue(text.AsSpan(0, length + 1), skipInputValidation: true);
    }

    private static string Label(string kind, string name, long length) =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1}, {2:0.##} KB", kind, name, length / 1024.0);
}
