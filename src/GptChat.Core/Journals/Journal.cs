using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Files;
using GptChat.Recording;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Journals;

/// <summary>
/// What a bulk call has finished, so that the next run need not ask again: JSON Lines, an answer a line, appended the moment it is
/// whole. A kill at any byte costs the line that was being written and no other. One run writes at a time.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int Version = 1;
    private const string Mark = "gptchat_journal";

    // What every line begins with, so that half a line is told from a file of somebody else's.
    private const string Beginning = "{\"" + Mark + "\":";

    private static readonly ConcurrentDictionary<string, bool> Writing = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly FileStream _file;
    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<GptResponse>> _finished = new(StringComparer.Ordinal);

    private bool _isClosed;

    private Journal(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Opens a journal and reads what earlier runs have finished.</summary>
    /// <exception cref="GptChatException">Another run is writing it, it cannot be written, or it is another file.</exception>
    public static Journal Open(string path)
    {
        // The system's lock keeps other processes out, and this one the other runspaces of this process.
        if (!Writing.TryAdd(path, true)) throw Taken(path, null);
        FileStream? file = null;
        try
        {
            file = OwnerFile.OpenOrCreate(path);
            Lock(file, path);
            var journal = new Journal(path, file);
            journal.Read();
            return journal;
        }
        catch (Exception failure)
        {
            file?.Dispose();
            Writing.TryRemove(path, out _);
            if (!RecordingFile.IsOfTheFile(failure)) throw;
            throw NotUsable(path, failure.Message, "Check the path given to -Journal and its permissions. Nothing was sent.", failure);
        }
    }

    private static void Lock(FileStream file, string path)
    {
        try
        {
            OwnerFile.Lock(file);
        }
        catch (IOException taken)
        {
            throw Taken(path, taken);
        }
    }

    /// <summary>What a request is known by: where it goes and all that it says, but not how its answer travels.</summary>
    public static string KeyOf(ChatCall call)
    {
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        CanonicalRequest request = CanonicalRequest.Exact(body.RootElement, call.RevealSecrets());
        return request.Key + " " + call.Parameters.Model + " " + call.Uri.GetLeftPart(UriPartial.Path);
    }

    /// <summary>An answer that an earlier run had; each is given once, since the same item may come several times.</summary>
    public GptResponse? Take(string key) => _finished.TryGetValue(key, out Queue<GptResponse>? answers) && answers.Count > 0 ? answers.Dequeue() : null;

    /// <summary>Hands an answer on and writes it down when it is whole, before anybody hears of it.</summary>
    public async IAsyncEnumerable<GptChunk> KeepAsync(IAsyncEnumerable<GptChunk> answer, string key, ChatCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (GptChunk chunk in answer.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (chunk.Response is { } response && Append(key, response, call) is { } failure) chunk.LateFailure ??= failure;
            yield return chunk;
        }
    }

    /// <summary>An answer as if it came now.</summary>
#pragma warning disable CS1998 // There is nothing to wait for.
    public static async IAsyncEnumerable<GptChunk> AnswerAsync(GptResponse response)
#pragma warning restore CS1998
    {
        yield return new GptChunk { Text = response.Content ?? string.Empty, Response = response };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _file.Dispose();
            Writing.TryRemove(_path, out _);
        }
    }

    private void Read()
    {
        // A device has no end.
        if (_file.Length == 0) return;
        using (var reader = new StreamReader(_file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true))
        {
            while (reader.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line)) Read(line);
            }
        }

        // What a kill has left stays alone on its line.
        _file.Seek(-1, SeekOrigin.End);
        if (_file.ReadByte() != '\n') _file.WriteByte((byte)'\n');
    }

    private void Read(string line)
    {
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            root = document.RootElement.Clone();
        }
        catch (JsonException) when (line.StartsWith(Beginning, StringComparison.Ordinal) || Beginning.StartsWith(line, StringComparison.Ordinal))
        {
            // A line that a kill has cut: its answer is asked for again.
            return;
        }
        catch (JsonException)
        {
            throw SomethingElse();
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Mark, out JsonElement version) || !version.TryGetInt32(out int number) || number != Version) throw SomethingElse();

        string? key = root.Text("key");
        if (key is null || !root.TryGetProperty("response", out JsonElement body)) return;
        GptResponse response;
        try
        {
            response = body.Deserialize(WireJson.Default.GptResponse)!;
        }
        catch (JsonException)
        {
            return;
        }

        response.FromJournal = true;
        response.Cost = 0;
        response.Attempts = 0;
        response.RequestId = root.Text("request_id");
        response.RequestUri = Uri.TryCreate(root.Text("uri"), UriKind.Absolute, out Uri? uri) ? uri : null;
        if (!_finished.TryGetValue(key, out Queue<GptResponse>? answers)) _finished.Add(key, answers = new Queue<GptResponse>());
        answers.Enqueue(response);
    }

    private GptChatException SomethingElse() => NotUsable(_path, "it holds something else", "Give a file that -Journal has written, or a new one. Nothing was sent.", null);

    private GptChatException? Append(string key, GptResponse response, ChatCall call)
    {
        byte[] line = Line(key, response, call);
        lock (_gate)
        {
            // Whoever stopped the call in this moment does not hear of the answer either.
            if (_isClosed) return null;
            long length = _file.Length;
            try
            {
                _file.Seek(0, SeekOrigin.End);
                _file.Write(line, 0, line.Length);
                _file.Flush();
                return null;
            }
            catch (Exception failure) when (RecordingFile.IsOfTheFile(failure))
            {
                try
                {
                    _file.SetLength(length);
                }
                catch (Exception second) when (RecordingFile.IsOfTheFile(second))
                {
                    // Readers pass over half a line.
                }

                return new GptChatException(GptErrorKind.JournalNotUsable, "The answer came, but the journal " + _path + " cannot be written: " + failure.Message, failure)
                {
                    Hint = "Check the space on the disk. The answer is output; another run asks for it again.",
                    Response = response,
                };
            }
        }
    }

    private static byte[] Line(string key, GptResponse response, ChatCall call)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Mark, Version);
            writer.WriteString("key", key);
            writer.WriteString("finished", DateTimeOffset.UtcNow);
            writer.WriteString("uri", call.Uri.GetLeftPart(UriPartial.Path));
            if (response.RequestId is { } id) writer.WriteString("request_id", id);
            writer.WritePropertyName("response");
            JsonSerializer.Serialize(writer, response, WireJson.Default.GptResponse);
            writer.WriteEndObject();
        }

        string text = KeyMask.InContent(Encoding.UTF8.GetString(buffer.ToArray()), call.RevealSecrets());
        return Encoding.UTF8.GetBytes(text + "\n");
    }

    private static GptChatException Taken(string path, Exception? inner) =>
        NotUsable(path, "another run is writing it", "Wait for the other run, or give this one a journal of its own. Nothing was sent.", inner);

    private static GptChatException NotUsable(string path, string problem, string hint, Exception? inner) =>
        new(GptErrorKind.JournalNotUsable, "The journal " + path + " cannot be used: " + problem, inner) { Hint = hint, Target = path };
}
