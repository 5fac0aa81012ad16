using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Content;

/// <summary>Spoken answers: asked for, heard of while they stream, saved whole or not at all.</summary>
public sealed class SpokenAnswerTests : ModuleTest
{
    private static readonly byte[] Sound = [1, 0, 2, 0, 3, 0, 4, 0, 5];

    private static Reply Plain(byte[] sound, string transcript = "Hello there.") => Reply.Json($$$$"""
        {"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"audio":{"id":"audio_1","expires_at":1893456000,"data":"{{{{Convert.ToBase64String(sound)}}}}","transcript":"{{{{transcript}}}}"}}}]}
        """);

    /// <summary>The sound in pieces of three characters, which are no whole base64 each, and a last chunk that only says when it expires.</summary>
    private static Reply Streamed(byte[] sound) => Reply.Events(
    [
        """{"choices":[{"index":0,"delta":{"role":"assistant","audio":{"id":"audio_1","transcript":"Hello "}}}]}""",
        .. Convert.ToBase64String(sound).Chunk(3).Select(piece => $$$$"""{"choices":[{"index":0,"delta":{"audio":{"data":"{{{{new string(piece)}}}}"}}}]}"""),
        """{"choices":[{"index":0,"delta":{"audio":{"transcript":"there."}}}]}""",
        """{"choices":[{"index":0,"delta":{"audio":{"expires_at":1893456000}},"finish_reason":"stop"}]}""",
        "[DONE]",
    ]);

    [Theory]
    [InlineData("a.wav", "wav")]
    [InlineData("a.MP3", "mp3")]
    [InlineData("a.flac", "flac")]
    [InlineData("a.opus", "opus")]
    [InlineData("a.ogg", "opus")]
    [InlineData("a.aac", "aac")]
    [InlineData("a.pcm", "pcm16")]
    public void The_name_of_the_file_says_the_format(string name, string format)
    {
        Server.Enqueue(Plain(Media.Wav));
        Invoke("$null = Invoke-GptChat 'x' -AudioPath $path", ("path", Folder.At(name)));
        Request.Json.GetProperty("audio").IsJson($$"""{"voice":"alloy","format":"{{format}}"}""");
        Request.Json.GetProperty("modalities").IsJson("""["text","audio"]""");
        Assert.Equal(Media.Wav, File.ReadAllBytes(Folder.At(name)));
    }

    [Fact]
    public void The_reply_is_what_was_said_and_the_file_is_there_before_it()
    {
        string path = Folder.At("a.mp3");
        Server.Enqueue(Plain(Sound));
        Assert.Equal("Hello there.|9", InvokeOne("Invoke-GptChat 'x' -Audio marin -AudioPath $path | ForEach-Object { \"$_|$([System.IO.FileInfo]::new($path).Length)\" }", ("path", path)).BaseObject);
        Request.Json.GetProperty("audio").IsJson("""{"voice":"marin","format":"mp3"}""");
        Assert.Equal(Sound, File.ReadAllBytes(path));
    }

    [Fact]
    public void Sound_in_another_format_than_was_asked_for_is_saved_as_it_came()
    {
        Server.Enqueue(Plain(Media.Mp3));
        Invoke("$null = Invoke-GptChat 'x' -AudioPath $path", ("path", Folder.At("a.wav")));
        Assert.Equal(Media.Mp3, File.ReadAllBytes(Folder.At("a.wav")));
    }

    [Fact]
    public void Samples_that_look_like_the_frame_of_a_format_are_samples()
    {
        Server.Enqueue(Streamed([0xFF, 0xFB, 1, 0]));
        Invoke("$null = Invoke-GptChat 'x' -Stream -AudioPath $path", ("path", Folder.At("a.wav")));
        Assert.Equal(48, File.ReadAllBytes(Folder.At("a.wav")).Length);
    }

    [Fact]
    public void A_later_turn_refers_to_it_by_its_id()
    {
        Server.Enqueue(Plain(Sound), Reply.Completion("And more."));
        Invoke("$null = Invoke-GptChat 'x' -AudioPath $path; $null = Invoke-GptChat 'y' -Continue", ("path", Folder.At("a.mp3")));
        Server.Requests[1].Json.GetProperty("messages")[1].IsJson("""{"role":"assistant","audio":{"id":"audio_1"}}""");
    }

    [Theory]
    [InlineData("-Stream")]
    [InlineData("-Live")]
    public void A_stream_is_saved_as_a_whole_wav_file(string how)
    {
        string path = Folder.At("a.wav");
        Server.Enqueue(Streamed(Sound));
        Outcome outcome = Run("Invoke-GptChat 'x' -AudioPath $path " + how, ("path", path));
        Request.Json.GetProperty("audio").IsJson("""{"voice":"alloy","format":"pcm16"}""");
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal(44 + Sound.Length, file.Length);
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal(36 + Sound.Length, BitConverter.ToInt32(file, 4));
        Assert.Equal("WAVEfmt "u8.ToArray(), file[8..16]);
        Assert.Equal(24000, BitConverter.ToInt32(file, 24));
        Assert.Equal(48000, BitConverter.ToInt32(file, 28));
        Assert.Equal(Sound.Length, BitConverter.ToInt32(file, 40));
        Assert.Equal(Sound, file[44..]);
        if (how == "-Live") Assert.Equal("Hello there.", string.Concat(outcome.Information.Select(record => record.ToString())).Trim());
        else Assert.Equal(["Hello ", "there.", ""], outcome.Output.Select(chunk => chunk.ToString()));
    }

    [Fact]
    public void Bare_samples_can_be_saved_bare()
    {
        Server.Enqueue(Streamed(Sound));
        Invoke("$null = Invoke-GptChat 'x' -AudioPath $path -Stream", ("path", Folder.At("a.pcm")));
        Assert.Equal(Sound, File.ReadAllBytes(Folder.At("a.pcm")));
    }

    [Fact]
    public void What_was_said_before_a_stream_broke_off_is_kept()
    {
        Server.Enqueue(Reply.Events("""{"choices":[{"index":0,"delta":{"audio":{"id":"audio_1","transcript":"Hello ","data":"AQID"}}}]}"""));
        string path = Folder.Write("a.wav", "the old file");
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Stream -AudioPath $path", ("path", path)).IsKind("Truncated");
        Assert.Equal("Hello ", error.Fact("PartialText"));
        Assert.Equal("the old file", File.ReadAllText(path));
        Assert.Equal(["a.wav"], Directory.GetFileSystemEntries(Folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Only text."}}]}""", "holds no sound")]
    [InlineData("""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Only text.","audio":{"id":"a","data":"!!"}}}]}""", "damaged")]
    public void The_reply_is_not_lost_when_there_is_nothing_to_save(string body, string said)
    {
        Server.Enqueue(Reply.Json(body));
        Outcome outcome = Host.Run("Invoke-GptChat 'x' -AudioPath $path", ("path", Folder.At("a.wav")));
        Assert.Equal("Only text.", Assert.Single(outcome.Output).BaseObject);
        ErrorRecord error = Assert.Single(outcome.Errors).IsKind("AudioNotSaved");
        Assert.Contains(said, error.Exception.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Theory]
    [InlineData("nowhere/a.wav")]
    [InlineData("folder.wav")]
    public void A_place_that_cannot_be_written_is_found_before_anything_is_sent(string name)
    {
        Directory.CreateDirectory(Folder.At("folder.wav"));
        InvokeError("Invoke-GptChat 'x' -AudioPath $path", ("path", Folder.At(name))).IsKind("AudioNotSaved");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void The_file_is_the_owners_alone_and_one_that_is_replaced_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        string known = Folder.Write("known.mp3", "old");
        File.SetUnixFileMode(known, Shared);
        File.CreateSymbolicLink(Folder.At("link.mp3"), known);
        Server.Enqueue(Plain(Sound), Plain(Sound));
        Invoke("$null = Invoke-GptChat 'x' -AudioPath $new; $null = Invoke-GptChat 'x' -AudioPath $link", ("new", Folder.At("new.mp3")), ("link", Folder.At("link.mp3")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.At("new.mp3")));
        Assert.Equal(Shared, File.GetUnixFileMode(known));
        Assert.Equal(Sound, File.ReadAllBytes(known));
        Assert.NotNull(File.ResolveLinkTarget(Folder.At("link.mp3"), returnFinalTarget: false));
    }

    [Fact]
    public void What_if_writes_no_file()
    {
        Invoke("Invoke-GptChat 'x' -AudioPath $path -WhatIf", ("path", Folder.At("a.wav")));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void The_sound_is_in_the_response_too()
    {
        Server.Enqueue(Plain(Sound));
        Assert.Equal(Sound, Invoke("(Invoke-GptChat 'x' -Audio marin).Response.Message.Audio.GetBytes()").Select(value => (byte)value.BaseObject));
    }
}
