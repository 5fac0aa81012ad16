using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>A class of PowerShell in, objects of that class out.</summary>
public sealed class ClassTests : TypedTest
{
    private const string Classes = """
        enum Severity { Low; Medium; High }
        [Flags()] enum Days { None = 0; Monday = 1; Tuesday = 2 }
        [System.ComponentModel.Description('Who answers for it')]
        class Owner { [string] $Name; [Nullable[int]] $Phone; [AllowNull()] [string] $Mail }
        class Thing { [string] $Host }
        class Finding : Thing {
            [ValidateSet('disk', 'net')] [string] $Area
            [ValidateRange(1, 5)] [int] $Score
            [ValidateRange('Positive')] [double] $Weight
            [ValidatePattern('^srv-\d+$')] [string] $Server
            [ValidateLength(2, 80)] [string] $Text
            [ValidateCount(1, 3)] [ValidateSet('a', 'b')] [string[]] $Tags
            [ValidateNotNullOrEmpty()] [string[]] $Steps
            [ValidateSet(1, 2, 3)] [int] $Level
            [Severity] $Severity
            [Nullable[Severity]] $Before
            [Days] $Days
            [Owner] $Owner
            [Owner[]] $Others
            [datetime] $When
            [System.DateTimeOffset] $Then
            [timespan] $Took
            [guid] $Id
            [version] $Version
            [uri] $Link
            [ipaddress] $Address
            [byte[]] $Bytes
            [char] $Sign
            [bool] $Open
            [decimal] $Price
            [long] $Size
            [byte] $Small
            [System.Numerics.BigInteger] $Huge
            [System.Collections.Generic.Dictionary[string, int]] $Counts
            [System.Collections.Generic.List[double]] $Values
            [System.Collections.Generic.HashSet[string]] $Names
            [Nullable[int][]] $Gaps
            [Finding[]] $Children
            hidden [string] $Secret = 'own'
            static [string] $Shared = 'shared'
            [Parameter(HelpMessage = 'how sure')] [double] $Confidence
        }

        """;

    private const string Json = """
        {"Host":"srv","Area":"disk","Score":3,"Weight":0.5,"Server":"srv-12","Text":"full","Tags":["a","b"],"Steps":["x"],"Level":2,"Severity":"High","Before":null,"Days":["Monday","Tuesday"],
        "Owner":{"Name":"Ann","Phone":null,"Mail":null},"Others":[{"Name":"Bo","Phone":7,"Mail":"b@c.d"}],"When":"2026-01-02T03:04:05Z","Then":"2026-01-02T03:04:05+02:00","Took":"PT5M",
        "Id":"11111111-2222-3333-4444-555555555555","Version":"1.2.3","Link":"https://a.example/x","Address":"10.0.0.1","Bytes":"AQI=","Sign":"!","Open":true,"Price":12.50,"Size":9223372036854775807,
        "Small":255,"Huge":123456789012345678901234567890,"Counts":[{"key":"x","value":1},{"key":"y","value":2}],"Values":[1,2.5],"Names":["p","q"],"Gaps":[1,null],"Children":[],"Confidence":0.9}
        """;

    [Fact]
    public void Every_kind_of_member_makes_the_round_trip()
    {
        Answer(Json);
        PSObject finding = Assert.Single(Invoke(Classes + "Invoke-GptChat 'x' -As ([Finding])"));
        Assert.Equal("Finding", finding.BaseObject.GetType().Name);
        Assert.Equal("disk 3 0.5 srv-12 full a,b x 2 High", Shown(finding, "$o.Area, $o.Score, $o.Weight, $o.Server, $o.Text, ($o.Tags -join ','), ($o.Steps -join ','), $o.Level, $o.Severity"));
        Assert.Equal("Severity True Monday, Tuesday Ann True  1 Bo 7", Shown(finding, "$o.Severity.GetType().Name, ($null -eq $o.Before), $o.Days, $o.Owner.Name, ($null -eq $o.Owner.Phone), $o.Owner.Mail, $o.Others.Count, $o.Others[0].Name, $o.Others[0].Phone"));
        Assert.Equal("2026-01-02T03:04:05.0000000Z 2026-01-02T03:04:05.0000000+02:00 00:05:00 11111111-2222-3333-4444-555555555555", Shown(finding, "$o.When.ToString('o'), $o.Then.ToString('o'), $o.Took, $o.Id"));
        Assert.Equal("1.2.3 https://a.example/x 10.0.0.1 1,2 ! True 12.50 9223372036854775807 255 123456789012345678901234567890", Shown(finding, "$o.Version, $o.Link, $o.Address, ($o.Bytes -join ','), $o.Sign, $o.Open, $o.Price, $o.Size, $o.Small, $o.Huge"));
        Assert.Equal("1 2 1,2.5 True True 0 own 0.9 srv", Shown(finding, "$o.Counts.x, $o.Counts['y'], ($o.Values -join ','), $o.Names.Contains('q'), ($null -eq $o.Gaps[1]), $o.Children.Count, $o.Secret, $o.Confidence, $o.Host"));
    }

    [Fact]
    public void The_schema_says_all_that_the_class_says()
    {
        Run(Classes + "$r = Invoke-GptChat 'x' -As ([Finding]) -WhatIf 3> $null 6>&1; $body = ($r | Where-Object Tags -contains GptChatRequest).MessageData.Body");
        Answer(Json);
        Invoke(Classes + "Invoke-GptChat 'x' -As Finding 3> $null");
        System.Text.Json.JsonElement schema = SentSchema;
        Assert.True(Request.Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
        Assert.Equal(schema.GetRawText(), System.Text.Json.JsonDocument.Parse((string)InvokeOne("$body").BaseObject).RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetRawText());
        string[] names = [.. schema.GetProperty("properties").EnumerateObject().Select(member => member.Name)];
        Assert.Equal("Host", names[0]);
        Assert.Equal("Confidence", names[^1]);
        Assert.Equal(names, schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.DoesNotContain("Secret", names);
        Assert.DoesNotContain("Shared", names);
        Is("Area", """{"type":"string","enum":["disk","net"]}""");
        Is("Score", """{"type":"integer","minimum":1,"maximum":5}""");
        Is("Weight", """{"type":"number","exclusiveMinimum":0}""");
        Is("Server", """{"type":"string","pattern":"^srv-\\d+$"}""");
        Is("Text", """{"type":"string","description":"At least 2 characters. At most 80 characters."}""");
        Is("Tags", """{"type":"array","items":{"type":"string","enum":["a","b"]},"minItems":1,"maxItems":3}""");
        Is("Steps", """{"type":"array","items":{"type":"string"},"minItems":1}""");
        Is("Level", """{"type":"integer","enum":[1,2,3]}""");
        Is("Severity", """{"type":"string","enum":["Low","Medium","High"]}""");
        Is("Before", """{"type":["string","null"],"enum":["Low","Medium","High",null]}""");
        Is("Days", """{"type":"array","items":{"type":"string","enum":["None","Monday","Tuesday"]}}""");
        Is("Owner", """{"$ref":"#/$defs/Owner"}""");
        Is("Counts", """{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"value":{"type":"integer"}},"required":["key","value"],"additionalProperties":false}}""");
        Is("Gaps", """{"type":"array","items":{"type":["integer","null"]}}""");
        Is("Children", """{"type":"array","items":{"$ref":"#"}}""");
        Is("Confidence", """{"type":"number","description":"how sure"}""");
        schema.GetProperty("$defs").GetProperty("Owner").IsJson("""{"type":"object","properties":{"Name":{"type":"string"},"Phone":{"type":["integer","null"]},"Mail":{"type":["string","null"]}},"required":["Name","Phone","Mail"],"additionalProperties":false,"description":"Who answers for it"}""");

        void Is(string name, string expected) => schema.GetProperty("properties").GetProperty(name).IsJson(expected);
    }

    [Theory]
    [InlineData("\"Area\":\"disk\"", "\"Area\":\"cpu\"", "Area is 'cpu', not one of 'disk', 'net'")]
    [InlineData("\"Score\":3", "\"Score\":9", "Score is 9, more than 5")]
    [InlineData("\"Weight\":0.5", "\"Weight\":0", "Weight is 0, not more than 0")]
    [InlineData("\"srv-12\"", "\"box\"", "Server is 'box', which does not match")]
    [InlineData("\"full\"", "\"f\"", "Text has 1 characters, fewer than 2")]
    [InlineData("[\"a\",\"b\"]", "[]", "Tags has 0 items, fewer than 1")]
    [InlineData("\"Level\":2", "\"Level\":4", "Level is 4, not one of 1, 2, 3")]
    [InlineData("\"High\"", "\"Urgent\"", "Severity is 'Urgent', not one of")]
    [InlineData("\"Phone\":7", "\"Phone\":\"7\"", "Others[0].Phone is '7', not integer or null")]
    [InlineData("\"Took\":\"PT5M\"", "\"Took\":\"soon\"", "Took is 'soon', which is no duration")]
    [InlineData("\"10.0.0.1\"", "\"here\"", "Address is 'here', which is no ip")]
    [InlineData("\"AQI=\"", "\"?\"", "Bytes is '?', which is no byte")]
    [InlineData("\"Small\":255", "\"Small\":256", "Small is 256, which is no uint8")]
    [InlineData("\"Size\":9223372036854775807", "\"Size\":1e30", "Size is 1e30, which is no int64")]
    [InlineData("{\"key\":\"y\",\"value\":2}", "{\"key\":\"x\",\"value\":2}", "Counts has the key 'x' twice")]
    [InlineData("\"Open\":true,", "", "Open is missing")]
    [InlineData("\"Open\":true,", "\"Open\":true,\"Extra\":1,", "Extra is not a member of the schema")]
    public void What_breaks_a_rule_of_the_class_is_an_error_that_keeps_the_text(string good, string bad, string problem)
    {
        string answer = Json.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Json, answer);
        Answer(answer);
        ErrorRecord error = InvokeError(Classes + "Invoke-GptChat 'x' -As ([Finding]) 3> $null").IsKind("SchemaMismatch");
        Assert.Contains(problem, error.Exception.Message);
        Assert.Contains("-Repair", error.Exception.Message);
        Assert.Equal(answer, error.Fact("PartialText"));
        Assert.Equal("stop", error.Fact("Response.FinishReason"));
    }

    [Theory]
    [InlineData("SRV-12", "disk", "high")]
    [InlineData("srv-1", "DISK", "HIGH")]
    public void Case_matters_no_more_than_it_does_to_PowerShell(string server, string area, string severity)
    {
        Answer(Json.Replace("srv-12", server).Replace("\"disk\"", "\"" + area + "\"").Replace("\"High\"", "\"" + severity + "\""));
        Assert.Equal(area + " " + server + " High", Shown(Assert.Single(Invoke(Classes + "Invoke-GptChat 'x' -As ([Finding]) 3> $null")), "$o.Area, $o.Server, $o.Severity"));
    }

    [Fact]
    public void A_list_of_a_class_is_unrolled_and_a_tree_keeps_its_form()
    {
        Answer("""{"items":[{"Name":"a","Kids":[{"Name":"b","Kids":[]}]},{"Name":"c","Kids":[]}]}""");
        Assert.Equal(["a/b", "c/"], Invoke("class Node { [string] $Name; [Node[]] $Kids }; Invoke-GptChat 'x' -As 'Node[]' | ForEach-Object { \"$($_.Name)/$($_.Kids.Name)\" }").Select(line => line.ToString()));
        SentSchema.IsJson("""{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/$defs/Node"}}},"required":["items"],"additionalProperties":false,"$defs":{"Node":{"type":"object","properties":{"Name":{"type":"string"},"Kids":{"type":"array","items":{"$ref":"#/$defs/Node"}}},"required":["Name","Kids"],"additionalProperties":false}}}""");
    }

    [Theory]
    [InlineData("class Link { [string] $Name; [Link] $Next }", """{"Name":"a","Next":{"Name":"b","Next":null}}""", "\"$($o.Name) $($o.Next.Name) $($null -eq $o.Next.Next)\"", "a b True")]
    [InlineData("class Link { [Other] $One }; class Other { [Link] $Back; [int] $N }", """{"One":{"Back":null,"N":3}}""", "\"$($o.One.N) $($null -eq $o.One.Back)\"", "3 True")]
    public void A_class_that_holds_itself_comes_to_an_end(string definition, string answer, string shown, string expected)
    {
        Answer(answer);
        Assert.Equal(expected, InvokeOne(definition + "; $o = Invoke-GptChat 'x' -As ([Link]); " + shown).BaseObject);
    }

    [Fact]
    public void The_constructor_and_the_methods_of_a_class_run_where_they_belong()
    {
        Answer("""{"Name":"a"}""");
        Assert.Equal("1 A made", InvokeOne("""
            $script:made = 0
            class Loud { [string] $Name; hidden [string] $By; Loud() { $script:made++; $this.By = 'made' } [string] Shout() { return $this.Name.ToUpper() } }
            $o = Invoke-GptChat 'x' -As ([Loud]); "$script:made $($o.Shout()) $($o.By)"
            """).BaseObject);
    }

    [Theory]
    [InlineData("class C { [string] $Name; C() { throw 'not today' } }", "could not be made: the constructor of C failed: not today")]
    [InlineData("class C { [OnlyB()] [string] $Name }", "Name was refused by C: not b")]
    public void What_the_class_itself_refuses_is_an_error_and_the_conversation_stays_as_it_was(string definition, string problem)
    {
        Invoke(OnlyB);
        Answer("""{"Name":"a"}""");
        ErrorRecord error = InvokeError(definition + "; $null = New-GptConversation c; Invoke-GptChat 'x' -As ([C]) -Conversation c 3> $null").IsKind("SchemaMismatch");
        Assert.Contains(problem, error.Exception.Message);
        Assert.Equal("""{"Name":"a"}""", error.Fact("PartialText"));
        Assert.Equal(0, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
    }

    [Fact]
    public void A_rule_that_no_model_can_be_told_is_told_to_the_user_once()
    {
        Invoke(OnlyB);
        Answer("""{"Name":"b"}""", """{"Name":"b"}""");
        IReadOnlyList<string> warnings = Run("class C { [OnlyB()] [string] $Name }; 1..2 | ForEach-Object { $null = Invoke-GptChat 'x' -As ([C]) }").Warnings;
        Assert.Contains("Name: OnlyB", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("class C { [string] $Name; C([string] $name) { } }; Invoke-GptChat 'x' -As ([C])", "has no constructor without parameters", "Add one: C() { }.")]
    [InlineData("class C { hidden [string] $Name; static [int] $Count }; Invoke-GptChat 'x' -As ([C])", "has no member that could be filled in", "hidden and static")]
    [InlineData("class D { [System.IO.FileInfo] $File }; class C { [D] $Inner }; Invoke-GptChat 'x' -As ([C])", "cannot make a FileInfo (of 'Inner.File')", "Take a class of your own")]
    [InlineData("class C { [object] $Any }; Invoke-GptChat 'x' -As ([C])", "'Any' may be anything", "-SchemaMode Loose")]
    [InlineData("class C { [hashtable] $Any }; Invoke-GptChat 'x' -As ([C])", "'Any' may be anything", "-SchemaMode Loose")]
    [InlineData("class C { [System.Collections.Generic.Dictionary[int, string]] $Map }; Invoke-GptChat 'x' -As ([C])", "its keys are Int32", "string or an enum")]
    [InlineData("class C { [int[,]] $Grid }; Invoke-GptChat 'x' -As ([C])", "cannot make an Int32[,]", "Take a class")]
    [InlineData("Invoke-GptChat 'x' -As ([System.IDisposable])", "is an interface", "Take a class")]
    [InlineData("Invoke-GptChat 'x' -As ([hashtable])", "says nothing about what the answer holds", "-Schema")]
    [InlineData("Invoke-GptChat 'x' -As ([object[]])", "says nothing about what the answer holds", "-Schema")]
    [InlineData("Invoke-GptChat 'x' -As ([scriptblock])", "no constructor without parameters", "Take a class of your own")]
    public void What_cannot_be_made_is_refused_before_anything_is_sent(string script, string problem, string hint)
    {
        ErrorRecord error = InvokeError(script).IsKind("InvalidParameter");
        Assert.Contains(problem, error.Exception.Message);
        Assert.Contains(hint, error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-As Nowhere", "There is no type 'Nowhere' here")]
    [InlineData("-As 5", "not an Int32")]
    [InlineData("-As @{ a = 1 }", "For a schema there is -Schema")]
    [InlineData("-As $null", "")]
    public void What_is_no_type_is_refused(string parameter, string problem)
    {
        Assert.Contains(problem, InvokeError("Invoke-GptChat 'x' " + parameter).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    private string Shown(PSObject item, string values) => (string)InvokeOne("($o = $item) > $null; [string]::Join(' ', (" + values + "))", ("item", item)).BaseObject;
}
