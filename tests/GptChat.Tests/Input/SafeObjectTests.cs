using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Whatever objects do when they are read, the request is valid and bounded, and nothing secret is in it.</summary>
public sealed class SafeObjectTests : ModuleTest
{
    private const string Secret = "hush-hush-8f2b";

    [Fact]
    public void A_cycle_ends_where_it_closes() => Assert.Equal(
        """{"Name":"a","Self":"(holds itself)","Child":{"Name":"b","Parent":"(holds itself)"},"List":["(holds itself)"]}""",
        SentText("$a = [pscustomobject]@{ Name = 'a'; Self = $null; Child = [pscustomobject]@{ Name = 'b'; Parent = $null }; List = $null }; $a.Self = $a; $a.Child.Parent = $a; $a.List = , $a; $a | Invoke-GptChat -Depth 5"));

    [Fact]
    public void Two_that_are_alike_are_no_cycle() =>
        Assert.Equal("""{"A":{"X":1},"B":{"X":1}}""", SentText("$x = [pscustomobject]@{ X = 1 }; [pscustomobject]@{ A = $x; B = $x } | Invoke-GptChat -Depth 5"));

    [Fact]
    public void A_dictionary_that_holds_itself_ends() => Assert.Equal("""{"d":"(holds itself)"}""", SentText("$d = @{}; $d.d = $d; $d | Invoke-GptChat -Depth 20"));

    [Fact]
    public void Getters_that_throw_are_told_and_left_out()
    {
        Outcome outcome = Run("$VerbosePreference = 'Continue'; $items | Invoke-GptChat -Property Id, Broken; $items | Invoke-GptChat", ("items", new[] { new Faulty(), new Faulty() }));
        Assert.Equal("{\"Id\":7,\"Broken\":null}\n{\"Id\":7,\"Broken\":null}", Content(0));
        Assert.Equal("{\"Id\":7}\n{\"Id\":7}", Content(1));
        Assert.Equal(2, outcome.Verbose.Count(line => line.Contains("The property Broken cannot be read and is not sent: It is gone, 7", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_that_breaks_off_gives_what_came() =>
        Assert.Equal("""{"Items":[1,2]}""", SentText("$o | Invoke-GptChat -Property Items", ("o", new Faulty())));

    [Fact]
    public void Endless_lists_are_cut_where_that_is_seen()
    {
        Outcome outcome = Run("$o | Invoke-GptChat -Property Endless", ("o", new Faulty()));
        JsonElement[] items = [.. JsonDocument.Parse(Content(0)).RootElement.GetProperty("Endless").EnumerateArray()];
        Assert.Equal(1001, items.Length);
        Assert.Equal("… more, not sent", items[^1].GetString());
        Assert.Contains("too large to be sent whole", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public void A_long_list_says_how_much_is_missing() =>
        Assert.EndsWith(",1000,\"… 4000 more, not sent\"]}", SentText("[pscustomobject]@{ N = 1..5000 } | Invoke-GptChat -Depth 2"), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_was_piped_as_one_item_is_sent_whole() =>
        Assert.Equal(5000, JsonDocument.Parse(SentText(", (1..5000) | Invoke-GptChat")).RootElement.GetArrayLength());

    [Fact]
    public void A_huge_text_is_cut_where_that_is_seen()
    {
        string text = SentText("[pscustomobject]@{ A = 'x' * 3MB; B = 'after' } | Invoke-GptChat -Model own-model");
        Assert.InRange(text.Length, 1_000_000, 1_100_000);
        Assert.EndsWith(" more characters, not sent\",\"…\":\"… more, not sent\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_ways_to_the_same_objects_do_not_multiply_without_end()
    {
        string text = SentText("$o = [pscustomobject]@{ V = 1 }; 1..20 | ForEach-Object { $o = [pscustomobject]@{ A = $o; B = $o; C = $o } }; $o | Invoke-GptChat -Depth 20 -Model own-model");
        Assert.InRange(text.Length, 500_000, 1_100_000);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 100 }).RootElement.ValueKind);
    }

    [Fact]
    public void Keys_of_dictionaries_are_text_and_none_is_lost()
    {
        var table = new Hashtable { [1] = "number", ["1"] = "text", [new DateTime(2026, 1, 2)] = "date", [DayOfWeek.Friday] = "day" };
        JsonElement sent = JsonDocument.Parse(SentText("$t | Invoke-GptChat", ("t", table))).RootElement;
        Assert.Equal(["1", "1 (2)", "2026-01-02T00:00:00.0000000", "Friday"], sent.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["number", "text"], new[] { "1", "1 (2)" }.Select(name => sent.GetProperty(name).GetString()).Order());
        Server.Clear();
        Assert.Equal("""{"a":1,"A":2}""", SentText("$t | Invoke-GptChat", ("t", new Dictionary<string, int> { ["a"] = 1, ["A"] = 2 })));
        Server.Clear();
        Assert.Equal("""{"z":{"y":{"x":1}},"l":[{"m":2}]}""", SentText("[ordered]@{ z = [ordered]@{ y = @{ x = 1 } }; l = @(@{ m = 2 }) } | Invoke-GptChat -Depth 3"));
    }

    [Fact]
    public void Secrets_are_nowhere_however_they_are_held()
    {
        const string script = """
            $secure = [System.Management.Automation.PSCredential]::new('me', $secret)
            $all = [pscustomobject]@{ A = $secret; B = $secure; C = @($secret); D = @{ K = $secure; $secret = 1 }; E = $secure.GetNetworkCredential() }
            $all | Invoke-GptChat -Depth 10
            $all | Send-Abroad -Depth 5 -Unloaded | Invoke-GptChat -Depth 10
            $all | Invoke-GptChat -InputFormat Csv
            $all | Invoke-GptChat -InputFormat List -Depth 9
            $all | Invoke-GptChat -InputFormat Text
            """;
        Invoke(script, ("secret", ModuleHost.Secure(Secret)));
        Assert.StartsWith("""{"A":"(secret, not sent)","B":"(secret, not sent)","C":["(secret, not sent)"],"D":{""", Content(0), StringComparison.Ordinal);
        Assert.All(Server.Requests, request => Assert.DoesNotContain(Secret, request.BodyText));
        Assert.All(Server.Requests, request => Assert.DoesNotContain("\"Length\\\"", request.BodyText));
    }

    [Theory]
    [InlineData("[System.Management.Automation.PSCredential]::new('me', $secret)")]
    [InlineData("[System.Management.Automation.PSCredential]::new('me', $secret) | Send-Abroad -Unloaded")]
    [InlineData("$secret")]
    [InlineData("[System.Net.NetworkCredential]::new('me', $secret)")]
    public void A_secret_by_itself_is_refused(string script)
    {
        Assert.Contains("is a secret and is never sent", InvokeError("(" + script + ") | Invoke-GptChat 'x'", ("secret", ModuleHost.Secure(Secret))).IsKind("InvalidInput").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void What_only_works_in_its_process_is_named()
    {
        var holder = new { S = (Stream)new MemoryStream(), D = (Action)(() => { }), T = new TaskCompletionSource<int>().Task, F = new FileInfo("/tmp/a.txt"), K = typeof(string), P = new IntPtr(5) };
        JsonElement sent = JsonDocument.Parse(SentText("$o | Invoke-GptChat -Depth 5", ("o", holder))).RootElement;
        Assert.Equal("[System.IO.MemoryStream]", sent.GetProperty("S").GetString());
        Assert.Equal("[System.Action]", sent.GetProperty("D").GetString());
        Assert.StartsWith("[System.Threading.Tasks.Task", sent.GetProperty("T").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("a.txt", sent.GetProperty("F").GetString(), StringComparison.Ordinal);
        Assert.Equal("System.String", sent.GetProperty("K").GetString());
    }

    [Theory]
    [InlineData("[System.IO.MemoryStream]::new()", "Read it first")]
    [InlineData("[System.IO.StringReader]::new('x')", "Read it first")]
    [InlineData("[System.Threading.Tasks.Task]::CompletedTask", "Send its result")]
    public void What_must_be_read_first_is_refused(string script, string hint)
    {
        Assert.Contains(hint, InvokeError(", " + script + " | Invoke-GptChat 'x'").IsKind("InvalidInput").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Rows_of_a_table_are_their_columns()
    {
        using var table = new DataTable();
        table.Columns.Add("Name", typeof(string));
        table.Columns.Add("Size", typeof(int));
        table.Rows.Add("a", 1);
        table.Rows.Add("b", DBNull.Value);
        Assert.Equal("{\"Name\":\"a\",\"Size\":1}\n{\"Name\":\"b\",\"Size\":null}", SentText("$t.Rows | Invoke-GptChat", ("t", table)));
        Server.Clear();
        Assert.Equal("""{"Count":2,"Table":[{"Name":"a","Size":1},{"Name":"b","Size":null}]}""", SentText("[pscustomobject]@{ Count = 2; Table = $t } | Invoke-GptChat -Depth 3"));
    }

    [Fact]
    public void Objects_from_other_machines_show_what_they_showed_there_and_where_that_was()
    {
        // As a service looks that Invoke-Command has brought.
        PSObject item = new();
        item.TypeNames.Clear();
        item.TypeNames.Add("Deserialized.Test.Service");
        foreach ((string name, object value) in new (string, object)[] { ("Name", "spooler"), ("Status", "Stopped"), ("Handle", 5), ("PSComputerName", "srv1"), ("RunspaceId", Guid.Empty), ("PSShowComputerName", true) })
        {
            item.Properties.Add(new PSNoteProperty(name, value));
        }

        Assert.Equal("""{"Name":"spooler","Status":"Stopped","Handle":5,"PSComputerName":"srv1"}""", SentText("$o | Invoke-GptChat", ("o", item)));
        Server.Clear();
        const string display = "<Types><Type><Name>Test.Service</Name><Members><MemberSet><Name>PSStandardMembers</Name><Members><PropertySet><Name>DefaultDisplayPropertySet</Name><ReferencedProperties><Name>Status</Name><Name>Name</Name></ReferencedProperties></PropertySet></Members></MemberSet></Members></Type></Types>";
        string path = Folder.Write("Test.psd1", "@{ ModuleVersion = '1.0'; TypesToProcess = 'Test.types.ps1xml' }");
        Folder.Write("Test.types.ps1xml", display);
        Assert.Equal("""{"Status":"Stopped","Name":"spooler","PSComputerName":"srv1"}""", SentText("Import-Module $path; $o | Invoke-GptChat", ("path", path)));
        Server.Clear();
        Assert.Equal("""{"RunspaceId":"00000000-0000-0000-0000-000000000000"}""", SentText("$o | Invoke-GptChat -Property RunspaceId"));
    }

    [Fact]
    public void An_error_that_came_from_elsewhere_says_what_happened()
    {
        string text = SentText("try { throw [System.IO.IOException]::new('the disk is full') } catch { $e = $_ | Send-Abroad }; $e | Invoke-GptChat");
        Assert.StartsWith("the disk is full\n", text, StringComparison.Ordinal);
        Assert.Contains("line 1", text);
        Assert.Contains("IOException", text);
        Assert.DoesNotContain("{", text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Deserialized.")]
    public void Of_a_CIM_object_its_properties_are_sent(string prefix)
    {
        // Built by its shape: live ones need the libraries of Windows.
        PSObject item = new();
        item.TypeNames.Insert(0, prefix + "Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Test_Thing");
        foreach ((string name, object? value) in new (string, object?)[] { ("Name", "spooler"), ("ProcessId", 4u), ("Dependencies", new[] { "rpc" }), ("InstallDate", null), ("CimClass", new Faulty()), ("CimInstanceProperties", new object[] { new Faulty() }), ("CimSystemProperties", new Faulty()) })
        {
            item.Properties.Add(new PSNoteProperty(name, value));
        }

        const string expected = """{"Name":"spooler","ProcessId":4,"Dependencies":["rpc"],"InstallDate":null}""";
        Assert.Equal(expected, SentText("$o | Invoke-GptChat", ("o", item)));
        Server.Clear();
        Assert.Equal(expected, SentText("$o | Invoke-GptChat -Depth 5"));
        Server.Clear();

        // Of this one PowerShell knows what it shows.
        item.TypeNames[0] = prefix + "Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_Service";
        Assert.Equal("""{"Name":"spooler","ProcessId":4}""", SentText("$o | Invoke-GptChat"));
    }

    [Fact]
    public void A_layout_that_came_from_elsewhere_is_refused_too()
    {
        PSObject item = new();
        item.TypeNames.Insert(0, "Deserialized.Microsoft.PowerShell.Commands.Internal.Format.FormatStartData");
        Assert.Contains("layout", InvokeError("$o | Invoke-GptChat 'x'", ("o", item)).IsKind("InvalidInput").Exception.Message);
    }

    [Theory]
    [InlineData("FileInfo", "the content of a file does not come along")]
    [InlineData("DirectoryInfo", "no content to send")]
    public void A_file_that_came_from_elsewhere_did_not_bring_its_content(string type, string problem)
    {
        PSObject item = new();
        item.TypeNames.Insert(0, "Deserialized.System.IO." + type);
        item.Properties.Add(new PSNoteProperty("Name", "app.log"));
        Assert.Contains(problem, InvokeError("$o | Invoke-GptChat 'x'", ("o", item)).IsKind("InvalidInput").Exception.Message);
        Assert.Empty(Server.Requests);
        Assert.Equal("""{"Name":"app.log"}""", SentText("$o | Invoke-GptChat -Property Name"));
    }

    [Fact]
    public void An_object_without_properties_is_its_text() => Assert.Equal("\"System.Object\"", SentText("[object]::new() | Invoke-GptChat"));

    [Fact]
    public void An_object_made_of_objects_is_sent_with_them() =>
        Assert.Equal("""{"A":{"X":1},"B":{"Y":[2]}}""", SentText("[pscustomobject]@{ A = @{ X = 1 }; B = @{ Y = @(2) } } | Invoke-GptChat -Depth 1"));

    [Fact]
    public void A_parameter_that_has_no_end_is_refused()
    {
        Assert.Contains("holds itself", InvokeError("$d = @{}; $d.d = $d; Invoke-GptChat 'x' -ExtraBody $d").IsKind("InvalidParameter").Exception.Message);
        Assert.Contains("no end", InvokeError("Invoke-GptChat 'x' -ExtraBody @{ a = $o.Endless }", ("o", new Faulty())).IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    private string Content(int request) => Server.Requests[request].Json.GetProperty("messages")[0].GetProperty("content").GetString()!;

    public sealed class Faulty
    {
        public int Id { get; } = 7;

        public string Broken => throw new InvalidOperationException("It is gone, " + Id);

        public IEnumerable<int> Items
        {
            get
            {
                yield return 1;
                yield return 2;
                throw new InvalidOperationException("no more, " + Id);
            }
        }

        public IEnumerable<int> Endless
        {
            get
            {
                for (int i = Id; ; i++) yield return i;
            }
        }
    }
}
