using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace GptChat.Tests.Content;

/// <summary>Images, sound and documents: what they are is told from their content, and they go out as parts.</summary>
public sealed class MediaInputTests : ModuleTest
{
    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("gif", "image/gif")]
    [InlineData("webp", "image/webp")]
    public void An_image_is_an_image_whatever_its_name(string kind, string mime)
    {
        string path = Folder.Write("photo.txt", Media.Of(kind));
        string url = "data:" + mime + ";base64," + Convert.ToBase64String(Media.Of(kind));
        SentContent("[System.IO.FileInfo]$path | Invoke-GptChat 'What is in it?'", path)
            .IsJson($$$"""[{"type":"text","text":"What is in it?\n\nphoto.txt ({{{Media.Of(kind).Length}}} bytes):"},{"type":"image_url","image_url":{"url":"{{{url}}}"}}]""");
    }

    [Theory]
    [InlineData("wav")]
    [InlineData("mp3")]
    public void Sound_goes_out_bare_with_its_format(string kind)
    {
        string path = Folder.Write("note.bin", Media.Of(kind));
        SentContent("Invoke-GptChat 'Write it down' -Path $path", path)
            .IsJson($$$"""[{"type":"text","text":"Write it down\n\nnote.bin ({{{Media.Of(kind).Length}}} bytes):"},{"type":"input_audio","input_audio":{"data":"{{{Convert.ToBase64String(Media.Of(kind))}}}","format":"{{{kind}}}"}}]""");
    }

    [Fact]
    public void A_document_is_a_file_under_its_name()
    {
        string path = Folder.Write("report.pdf", Media.Pdf);
        SentContent("Invoke-GptChat 'Summarise' -LiteralPath $path", path)
            .IsJson($$$"""[{"type":"text","text":"Summarise"},{"type":"file","file":{"filename":"report.pdf","file_data":"data:application/pdf;base64,{{{Convert.ToBase64String(Media.Pdf)}}}"}}]""");
    }

    [Theory]
    [InlineData("New-GptMessage -Path $path | Invoke-GptChat")]
    [InlineData("Invoke-GptChat -Path $path")]
    [InlineData("[System.IO.FileInfo]$path | Invoke-GptChat")]
    public void Any_part_suffices_without_text(string script)
    {
        string path = Folder.Write("report.pdf", Media.Pdf);
        Assert.Equal(1, SentContent(script, path).GetArrayLength());
    }

    [Theory]
    [InlineData("New-GptMessage $bytes | Invoke-GptChat 'What?'")]
    [InlineData("New-GptMessage -Content $bytes | Invoke-GptChat 'What?'")]
    [InlineData(",$bytes | New-GptMessage | Invoke-GptChat 'What?'")]
    public void Bytes_are_what_they_are(string script)
    {
        Invoke(script, ("bytes", Media.Png));
        JsonElement messages = Request.Json.GetProperty("messages");
        messages[0].GetProperty("content").IsJson($$$"""[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Convert.ToBase64String(Media.Png)}}}"}}]""");
        Assert.Equal("What?", messages[1].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("$bytes | Invoke-GptChat 'What?'", "What?|image_url")]
    [InlineData("$bytes | New-GptMessage | Invoke-GptChat", "image_url")]
    [InlineData("& { 'Look:'; $bytes; 'And?' } | Invoke-GptChat", "Look:|image_url|And?")]
    public void Bytes_that_the_pipeline_has_taken_apart_are_what_they_were(string script, string parts)
    {
        Invoke(script, ("bytes", Media.Long(Media.Png, 100)));
        JsonElement[] content = [.. Request.Json.GetProperty("messages").EnumerateArray().SelectMany(message => message.GetProperty("content").EnumerateArray())];
        Assert.Equal(parts, string.Join('|', content.Select(part => part.TryGetProperty("text", out JsonElement text) ? text.GetString() : part.GetProperty("type").GetString())));
        Assert.Contains(Convert.ToBase64String(Media.Long(Media.Png, 100)), Request.BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[byte[]](255, 251, 3) | Invoke-GptChat", "255\n251\n3")]
    [InlineData("& { 'a'; [byte] 1; [byte] 2; 'b' } | Invoke-GptChat 'Sum:'", "Sum:\n\na\n1\n2\nb")]
    public void Bytes_that_are_no_file_are_numbers(string script, string text) => Assert.Equal(text, SentText(script));

    [Fact]
    public void Bytes_of_text_are_text() => Assert.Equal("Look:\n\nGrüße", SentText(",[byte[]](71,114,195,188,195,159,101) | Invoke-GptChat 'Look:'"));

    [Fact]
    public void Text_and_parts_keep_their_order()
    {
        string image = Folder.Write("a.png", Media.Png);
        string text = Folder.Write("b.txt", "B");
        SentContent("'first', [System.IO.FileInfo]$path, [System.IO.FileInfo]$text, 'last' | Invoke-GptChat 'Compare'", image, ("text", text))
            .IsJson($$$"""[{"type":"text","text":"Compare\n\nfirst\n\na.png (12 bytes):"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Convert.ToBase64String(Media.Png)}}}"}},{"type":"text","text":"b.txt (1 byte):\n```\nB\n```\n\nlast"}]""");
    }

    [Theory]
    [InlineData("https://example.com/a%20b.png?sig=%2Bx", "https://example.com/a%20b.png?sig=%2Bx")]
    [InlineData("http://example.com/ä.png", "http://example.com/%C3%A4.png")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo=")]
    public void An_address_is_sent_as_it_is_signed(string uri, string sent)
    {
        Invoke("New-GptMessage 'What?' -Uri $u -Detail LOW | Invoke-GptChat", ("u", uri));
        Request.Json.GetProperty("messages")[0].GetProperty("content").IsJson($$$"""[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"{{{sent}}}","detail":"low"}}]""");
    }

    [Fact]
    public void An_address_may_hold_an_image_of_any_size_and_a_Uri_stays_signed()
    {
        string held = "data:image/png;base64," + new string('A', 200_000);
        Invoke("New-GptMessage -Uri $held, ([uri]'https://example.com/a%20b.png') | Invoke-GptChat", ("held", held));
        JsonElement content = Request.Json.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal([held, "https://example.com/a%20b.png"], content.EnumerateArray().Select(part => part.GetProperty("image_url").GetProperty("url").GetString()));
    }

    [Theory]
    [InlineData("'x' | Invoke-GptChat 'Read' -Path $path")]
    [InlineData("New-GptMessage -Path $path | Invoke-GptChat 'Read'")]
    public void The_detail_of_images_is_the_providers_choice_unless_given(string script)
    {
        string path = Folder.Write("a.png", Media.Png);
        Assert.DoesNotContain("detail", SentContent(script, path).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_detail_holds_for_files_too()
    {
        Host.AllowsRequestsOutsideTheSchema("a detail of next year passes");
        string path = Folder.Write("a.png", Media.Png);
        Assert.Equal("tomorrows", SentContent("New-GptMessage -Path $path -Detail tomorrows | Invoke-GptChat", path)[1].GetProperty("image_url").GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("tool.exe", new byte[] { 1, 0, 2 }, "application/octet-stream")]
    [InlineData("a.docx", new byte[] { (byte)'P', (byte)'K', 3, 4, 20 }, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.zip", new byte[] { (byte)'P', (byte)'K', 3, 4, 20 }, "application/zip")]
    [InlineData("a.log", new byte[] { (byte)'a' }, "text/plain")]
    [InlineData("a.pdf", new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-' }, "application/pdf")]
    public void Any_file_can_be_sent_as_it_is(string name, byte[] bytes, string mime)
    {
        string path = Folder.Write(name, bytes);
        SentContent("New-GptMessage -Path $path -AsFile | Invoke-GptChat", path)
            .IsJson($$$"""[{"type":"file","file":{"filename":"{{{name}}}","file_data":"data:{{{mime}}};base64,{{{Convert.ToBase64String(bytes)}}}"}}]""");
    }

    [Theory]
    [InlineData("New-GptMessage 'Q' -Path $path", "Q|file|")]
    [InlineData("'Q' | New-GptMessage -Path $path", "file|Q|")]
    public void What_is_given_heads_the_message_and_what_is_piped_follows_its_files(string script, string order)
    {
        string path = Folder.Write("a.pdf", Media.Pdf);
        string actual = string.Concat(SentContent(script + " | Invoke-GptChat", path).EnumerateArray().Select(part => (part.TryGetProperty("text", out JsonElement text) ? text.GetString() : "file") + "|"));
        Assert.Equal(order, actual);
    }

    [Fact]
    public void A_file_that_the_provider_has_is_named_by_its_id()
    {
        Invoke("New-GptMessage 'Summarise' -FileId file-1, file-2 | Invoke-GptChat");
        Request.Json.GetProperty("messages")[0].GetProperty("content")
            .IsJson("""[{"type":"text","text":"Summarise"},{"type":"file","file":{"file_id":"file-1"}},{"type":"file","file":{"file_id":"file-2"}}]""");
    }

    [Fact]
    public void A_breakpoint_for_the_cache_ends_a_message()
    {
        string path = Folder.Write("a.pdf", Media.Pdf);
        Invoke("(New-GptMessage -Role System 'Rules' -PromptCacheBreakpoint), (New-GptMessage 'Read' -Path $path -PromptCacheBreakpoint), (New-GptMessage -FileId f -PromptCacheBreakpoint) | Invoke-GptChat", ("path", path));
        JsonElement messages = Request.Json.GetProperty("messages");
        messages[0].GetProperty("content").IsJson("""[{"type":"text","text":"Rules","prompt_cache_breakpoint":{"mode":"explicit"}}]""");
        Assert.Equal("Read", messages[1].GetProperty("content")[0].GetProperty("text").GetString());
        messages[1].GetProperty("content")[1].GetProperty("prompt_cache_breakpoint").IsJson("""{"mode":"explicit"}""");
        messages[2].GetProperty("content").IsJson("""[{"type":"file","file":{"file_id":"f"},"prompt_cache_breakpoint":{"mode":"explicit"}}]""");
    }

    [Theory]
    [InlineData("bmp", "PNG, JPEG")]
    [InlineData("tiff", "PNG, JPEG")]
    [InlineData("heic", "PNG, JPEG")]
    [InlineData("flac", "WAV or MP3")]
    [InlineData("ogg", "WAV or MP3")]
    [InlineData("zip", "-AsFile")]
    [InlineData("mp4", "-AsFile")]
    [InlineData("gz", "-AsFile")]
    public void What_no_provider_takes_is_refused_with_the_way_out(string kind, string hint)
    {
        string path = Folder.Write("file." + kind, Media.Of(kind));
        string message = InvokeError("Invoke-GptChat 'x' -Path $path", ("path", path)).IsKind("FileNotReadable").Exception.Message;
        Assert.Contains("file." + kind, message);
        Assert.Contains(hint, message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Too_much_is_refused_and_says_by_how_much()
    {
        string path = Folder.Write("a.png", Media.Long(Media.Png, 30_000_000));
        string message = InvokeError("Invoke-GptChat 'x' -Path $path, $path", ("path", path)).IsKind("RequestTooLarge").Exception.Message;
        Assert.Contains("60 MB, 10 MB more than the 50 MB", message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Too_many_images_are_refused()
    {
        string message = InvokeError("$u = 1..501 | ForEach-Object { \"https://example.com/$_.png\" }; New-GptMessage -Uri $u").IsKind("RequestTooLarge", "NewGptMessageCommand").Exception.Message;
        Assert.Contains("501 images", message);
        Invoke("$null = New-GptMessage -Uri $u[0..499]");
    }

    [Theory]
    [InlineData("-Uri photo.png", "'photo.png' is not the address of an image")]
    [InlineData("-Uri file:///c/photo.png", "files of this machine go into -Path")]
    [InlineData("-Uri data:text/plain,x", "not the address of an image")]
    [InlineData("'x' -Detail low", "the message holds none")]
    [InlineData("'x' -AsFile", "-AsFile needs -Path")]
    [InlineData("-Role System -Uri https://example.com/a.png", "cannot hold images")]
    [InlineData("'x' -ToolCall @{ id = '1' }", "-ToolCall needs -Role Assistant")]
    [InlineData("'x' -Refusal no", "-Refusal needs -Role Assistant")]
    [InlineData("'x' -AudioId a", "-AudioId needs -Role Assistant")]
    [InlineData("-Role Assistant -ToolCall @{ id = '1' }", "is no call of a tool")]
    [InlineData("-Role Function 'x'", "needs -Name")]
    public void What_cannot_be_in_a_message_is_refused(string parameters, string said) =>
        Assert.Contains(said, InvokeError("New-GptMessage " + parameters).IsKind("InvalidParameter", "NewGptMessageCommand").Exception.Message);

    [Theory]
    [InlineData("-Role Assistant -ToolCall @{ id = 'call_1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }", """{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]}""")]
    [InlineData("-Role Assistant 'Let me look.' -ToolCall '{\"id\":\"call_1\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"x\"}}'", """{"role":"assistant","content":"Let me look.","tool_calls":[{"id":"call_1","type":"custom","custom":{"name":"f","input":"x"}}]}""")]
    [InlineData("-Role Assistant -Refusal 'I cannot.'", """{"role":"assistant","refusal":"I cannot."}""")]
    [InlineData("-Role Assistant -AudioId audio_1", """{"role":"assistant","audio":{"id":"audio_1"}}""")]
    [InlineData("-Role Function -Name f '5'", """{"role":"function","content":"5","name":"f"}""")]
    [InlineData("-Role Developer 'Be brief.' -Name ops", """{"role":"developer","content":"Be brief.","name":"ops"}""")]
    [InlineData("-Role Tool -ToolCallId call_1 '5'", """{"role":"tool","content":"5","tool_call_id":"call_1"}""")]
    public void A_message_of_any_role_is_the_protocols(string parameters, string sent)
    {
        Invoke("'Hi', (New-GptMessage " + parameters + ") | Invoke-GptChat");
        Request.Json.GetProperty("messages")[1].IsJson(sent);
    }

    [Fact]
    public void The_calls_of_a_reply_can_be_put_into_a_message()
    {
        Server.Enqueue(TestServer.Reply.Json("""{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}}]}"""));
        Invoke("$r = Invoke-GptChat 'x'; 'x', (New-GptMessage -Role Assistant -ToolCall $r.Response.ToolCalls), (New-GptMessage -Role Tool -ToolCallId c1 '5') | Invoke-GptChat");
        Server.Requests[1].Json.GetProperty("messages")[1].IsJson("""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}""");
    }

    [Fact]
    public void A_prompt_is_text()
    {
        string path = Folder.Write("a.png", Media.Png);
        Assert.Contains("Get-Item", InvokeError("Invoke-GptChat ([System.IO.FileInfo]$path)", ("path", path)).IsKind("InvalidParameter").Exception.Message);
    }

    [Fact]
    public void An_image_stays_in_the_conversation()
    {
        string path = Folder.Write("a.png", Media.Png);
        Invoke("$null = Invoke-GptChat 'What?' -Path $path; $null = Invoke-GptChat 'And?' -Continue", ("path", path));
        JsonElement first = Server.Requests[0].Json.GetProperty("messages")[0];
        Assert.True(JsonElement.DeepEquals(first, Server.Requests[1].Json.GetProperty("messages")[0]));
        Assert.Equal("image_url", InvokeOne("(Get-GptConversation -Current).Messages[0].Parts[1].Type").BaseObject);
        Assert.StartsWith("data:image/png;base64,", (string)InvokeOne("(Get-GptConversation -Current).Messages[0].Parts[1].ExtensionData.image_url.url").BaseObject);
        Assert.Equal("[image a.png, 0.01 KB]", InvokeOne("(Get-GptConversation -Current).Messages[0].Parts[1].ToString()").BaseObject);
    }

    [Fact]
    public void Ollama_is_known_not_to_fetch_images()
    {
        Invoke("Connect-GptChat -Provider Ollama -BaseUri $uri -Model llava", ("uri", Server.BaseUri));
        Assert.Contains("does not fetch images", Assert.Single(Run("New-GptMessage -Uri https://example.com/a.png | Invoke-GptChat").Warnings));
        Assert.Empty(Run("New-GptMessage -Uri 'data:image/png;base64,iVBORw0KGgo=' | Invoke-GptChat").Warnings);
    }

    [Fact]
    public void A_file_between_text_and_a_binary_one_is_not_guessed_to_be_text()
    {
        string path = Folder.Write("a.txt", "BM is how this text begins, and it is no image.");
        Assert.EndsWith("no image.\n```", SentText("Invoke-GptChat -Path $path", ("path", path)), StringComparison.Ordinal);
        File.WriteAllText(path, "ID3 tags, RIFF, OggS, MM and II are words too.");
        Invoke("Invoke-GptChat -Path $path");
        Assert.Equal(JsonValueKind.String, Server.Requests[1].Json.GetProperty("messages")[0].GetProperty("content").ValueKind);
    }

    private JsonElement SentContent(string script, string path, params (string Name, object? Value)[] more)
    {
        Invoke(script, [("path", path), .. more]);
        return Request.Json.GetProperty("messages")[0].GetProperty("content");
    }
}
