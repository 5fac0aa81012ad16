using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using GptChat.Recording;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>The index of a file of exchanges follows the file, whoever changes it and how.</summary>
public sealed class ExchangeFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ExchangeFile _file;

    public ExchangeFileTests() => _file = new ExchangeFile(Path);

    private string Path => _directory.File("r.jsonl");

    public void Dispose() => _directory.Dispose();

    private static CanonicalRequest Ask(string prompt) => CanonicalRequest.From(JsonElement.Parse("{\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}"));

    private void Write(params string[] lines) => File.WriteAllText(Path, string.Concat(lines.Select(line => line + "\n")));

    private void Append(string text) => File.AppendAllText(Path, text);

    private void Refresh(bool startsOver = false) => _file.Refresh(FileRole.Replay, startsOver);

    /// <summary>The answer that is next; null where all were given.</summary>
    private string? Take(string prompt)
    {
        if (_file.Take(Ask(prompt), repeats: false) is not { } entry) return null;
        using JsonDocument body = JsonDocument.Parse(_file.Read(entry, FileRole.Replay).Pieces[0].Bytes);
        return entry.Line + ":" + body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    private string Takes(params string[] prompts) => string.Join(' ', prompts.Select(prompt => Take(prompt) ?? "-"));

    [Fact]
    public void What_others_append_goes_on_from_where_it_was()
    {
        Write(ExchangeLines.Line("a", "1"));
        Refresh();
        Assert.Equal("1:1", Take("a"));
        Append(ExchangeLines.Line("a", "2") + "\n");
        Refresh();
        Assert.Equal("2:2", Take("a"));
        Assert.Null(Take("a"));
    }

    [Fact]
    public void A_replay_starts_over_with_a_file_that_has_changed()
    {
        Write(ExchangeLines.Line("a", "1"));
        Refresh(startsOver: true);
        Assert.Equal("1:1", Take("a"));
        Refresh(startsOver: true);
        Assert.Null(Take("a"));
        Append(ExchangeLines.Line("a", "2") + "\n");
        Refresh(startsOver: true);
        Assert.Equal("1:1", Take("a"));
    }

    [Fact]
    public void A_line_that_is_being_written_is_found_when_it_is_whole()
    {
        string second = ExchangeLines.Line("b", "2");
        for (int length = 1; length < second.Length; length += 7)
        {
            Write(ExchangeLines.Line("a", "1"));
            var file = new ExchangeFile(Path);
            Append(second[..length]);
            file.Refresh(FileRole.Replay, startsOver: false);
            Assert.Equal((1, 1), (file.Entries.Length, file.Damaged));
            Append(second[length..] + "\n" + ExchangeLines.Line("c", "3"));
            file.Refresh(FileRole.Replay, startsOver: false);
            Assert.Equal([1, 2, 3], file.Entries.Select(entry => entry.Line));
            Assert.Equal(0, file.Damaged);
        }
    }

    [Fact]
    public void A_whole_line_without_its_end_keeps_the_count_of_lines()
    {
        File.WriteAllText(Path, ExchangeLines.Line("a", "1"));
        Refresh();
        Append("\n" + ExchangeLines.Line("b", "2") + "\n\n" + ExchangeLines.Line("c", "3"));
        Refresh();
        Assert.Equal("1:1 2:2 4:3", Takes("a", "b", "c"));
    }

    [Fact]
    public void A_mark_and_line_ends_of_windows_are_passed_over()
    {
        File.WriteAllText(Path, "\uFEFF" + ExchangeLines.Line("ä", "1") + "\r\n" + ExchangeLines.Line("b", "2") + "\r\n", new UTF8Encoding(false));
        Refresh();
        Assert.Equal("2:2 1:1", Takes("b", "ä"));
    }

    [Fact]
    public void A_file_that_was_written_anew_is_read_anew_and_what_is_the_same_counts_as_used()
    {
        Write(ExchangeLines.Line("a", "1"), ExchangeLines.Line("b", "2"));
        Refresh();
        Take("a");
        Write(ExchangeLines.Line("a", "1"), ExchangeLines.Line("a", "3"));
        Refresh();
        Assert.Equal("2:3", Take("a"));
        Assert.Null(Take("b"));
    }

    [Fact]
    public void A_longer_file_in_its_place_is_told_from_one_that_was_appended_to()
    {
        Write(ExchangeLines.Line("a", "1"));
        Refresh();
        Write(ExchangeLines.Line("b", "2"), ExchangeLines.Line("a", "4"), ExchangeLines.Line("c", "3"));
        Refresh();
        Assert.Equal("1:2 3:3 2:4", Takes("b", "c", "a"));
    }

    [Fact]
    public void What_was_added_here_counts_as_used_also_when_others_add_at_the_same_time()
    {
        Write(ExchangeLines.Line("a", "1"));
        Refresh();
        Append(ExchangeLines.Line("a", "other") + "\n");
        _file.Append(Encoding.UTF8.GetBytes(ExchangeLines.Line("a", "own")), FileRole.Record);
        Assert.Equal("1:1 2:other -", Takes("a", "a", "a"));
        _file.StartOver();
        Assert.Equal("1:1 2:other 3:own", Takes("a", "a", "a"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_empty_and_may_come()
    {
        Refresh();
        Assert.Empty(_file.Entries);
        Write(ExchangeLines.Line("a", "1"));
        Refresh();
        Assert.Equal("1:1", Take("a"));
        File.Delete(Path);
        Refresh();
        Assert.Empty(_file.Entries);
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        File.WriteAllText(Path, "Dear diary\n");
        Assert.Contains("holds something else", Assert.Throws<GptChatException>(() => Refresh()).Message, StringComparison.Ordinal);
        Assert.Equal("Dear diary\n", File.ReadAllText(Path));
    }

    [Fact]
    public void An_exchange_that_is_no_longer_there_is_told()
    {
        Write(ExchangeLines.Line("a", "1"));
        Refresh();
        ExchangeEntry entry = _file.Entries[0];
        File.WriteAllText(Path, "short");
        Assert.Contains("changed while it was in use", Assert.Throws<GptChatException>(() => _file.Read(entry, FileRole.Replay)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_ends_the_reading_and_the_next_one_is_whole()
    {
        Write(ExchangeLines.Line("a", "1"), ExchangeLines.Line("b", "2"));
        Assert.Throws<OperationCanceledException>(() => _file.Refresh(FileRole.Replay, startsOver: false, new CancellationToken(canceled: true)));
        Refresh();
        Assert.Equal(2, _file.Entries.Length);
    }

    [Fact]
    public void The_index_of_long_answers_is_short()
    {
        string answer = new('x', 1_000_000);
        for (int i = 0; i < 60; i++) Append(ExchangeLines.Line("p" + i, answer) + "\n");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Refresh();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(60, _file.Entries.Length);
        Assert.InRange(after - before, long.MinValue, 10_000_000);
        Assert.EndsWith(answer, Take("p59"), StringComparison.Ordinal);
    }
}
