using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Tools;

/// <summary>What the model is told about a command, and what reaches the command of what the model says.</summary>
public sealed class ToolSchemaTests : ToolTest
{
    [Theory]
    [InlineData("[string] $A", """{"type":"string"}""")]
    [InlineData("$A", "{}")]
    [InlineData("[int] $A", """{"type":"integer"}""")]
    [InlineData("[Nullable[long]] $A", """{"type":"integer"}""")]
    [InlineData("[double] $A", """{"type":"number"}""")]
    [InlineData("[decimal] $A", """{"type":"number"}""")]
    [InlineData("[bool] $A", """{"type":"boolean"}""")]
    [InlineData("[switch] $A", """{"type":"boolean"}""")]
    [InlineData("[datetime] $A", """{"type":"string","description":"a date and time such as 2026-01-31T14:00:00"}""")]
    [InlineData("[guid] $A", """{"type":"string","description":"a GUID"}""")]
    [InlineData("[hashtable] $A", """{"type":"object"}""")]
    [InlineData("[string[]] $A", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("[int[]] $A", """{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("[System.Collections.Generic.List[string]] $A", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("[System.DayOfWeek] $A", """{"type":"string","enum":["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"]}""")]
    [InlineData("[System.IO.FileAccess] $A", """{"type":"string","description":"one or several of Read, Write, ReadWrite, with commas between them"}""")]
    [InlineData("[ValidateSet('x', 'y')] [string] $A", """{"type":"string","enum":["x","y"]}""")]
    [InlineData("[ValidateSet('x', 'y')] [string[]] $A", """{"type":"array","items":{"type":"string","enum":["x","y"]}}""")]
    [InlineData("[ValidateRange(1, 9)] [int] $A", """{"type":"integer","minimum":1,"maximum":9}""")]
    [InlineData("[ValidateRange(0.5, 1.5)] [double] $A", """{"type":"number","minimum":0.5,"maximum":1.5}""")]
    [InlineData("[ValidateRange('Positive')] [int] $A", """{"type":"integer"}""")]
    [InlineData("[ValidateLength(2, 5)] [string] $A", """{"type":"string","minLength":2,"maxLength":5}""")]
    [InlineData("[ValidateCount(1, 3)] [string[]] $A", """{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3}""")]
    [InlineData("[ValidateNotNullOrEmpty()] [string] $A", """{"type":"string","minLength":1}""")]
    [InlineData("[ValidatePattern('^a+$')] [string] $A", """{"type":"string","description":"must match the regular expression ^a+$"}""")]
    [InlineData("[Parameter(HelpMessage = 'The name.')] [string] $A", """{"type":"string","description":"The name."}""")]
    [InlineData("[Parameter(ValueFromPipeline)] [object] $A", """{"type":"array","items":{}}""")]
    [InlineData("[Parameter(ValueFromPipeline)] [string] $A", """{"type":"string"}""")]
    public void A_parameter_is_described_by_its_type_and_its_checks(string parameter, string schema)
    {
        Invoke("$null = Invoke-GptChat 'x' -Tool (New-GptTool { param(" + parameter + ") } -Name Get-It)");
        Parameters(Request).GetProperty("properties").GetProperty("A").IsJson(schema);
    }

    [Theory]
    [InlineData("[scriptblock] $A")]
    [InlineData("[pscredential] $A")]
    [InlineData("[securestring] $A")]
    [InlineData("[System.Diagnostics.Process] $A")]
    [InlineData("[Parameter(DontShow)] [string] $A")]
    public void What_a_model_cannot_give_is_not_offered(string parameter)
    {
        Invoke("$null = Invoke-GptChat 'x' -Tool (New-GptTool { [CmdletBinding(SupportsShouldProcess)] param(" + parameter + ", [string] $B) } -Name Get-It) -Confirm:$false");
        Assert.Equal(["B"], Parameters(Request).GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_model_that_must_give_it_makes_the_command_no_tool()
    {
        ErrorRecord error = InvokeError("function Get-It { param([Parameter(Mandatory)] [scriptblock] $Code) } Invoke-GptChat 'x' -Tool Get-It").IsKind("ToolNotUsable");
        Assert.Contains("'Code' (ScriptBlock), which a model cannot give", error.Exception.Message);
        Assert.Contains("-Bind @{ Code", error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("[string] $A", "\"x\"", "String x")]
    [InlineData("$A", "\"x\"", "String x")]
    [InlineData("$A", "5", "Int32 5")]
    [InlineData("$A", "5000000000", "Int64 5000000000")]
    [InlineData("[int] $A", "5.0", "Int32 5")]
    [InlineData("[switch] $A", "true", "SwitchParameter True")]
    [InlineData("[switch] $A", "false", "SwitchParameter False")]
    [InlineData("[datetime] $A", "\"2026-01-02T03:04:05\"", "DateTime 01/02/2026 03:04:05")]
    [InlineData("[System.DayOfWeek] $A", "\"Friday\"", "DayOfWeek Friday")]
    [InlineData("[string[]] $A", "[\"x\",\"y\"]", "String[] x y")]
    [InlineData("[hashtable] $A", "{\"k\":\"v\"}", "Hashtable System.Collections.Hashtable")]
    [InlineData("$A", "{\"k\":\"v\"}", "PSCustomObject @{k=v}")]
    [InlineData("[string] $A", "\"$(1+1)\"", "String $(1+1)")]
    public void An_argument_is_bound_as_the_value_it_is(string parameter, string value, string told) =>
        Assert.Equal(told, ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool { param(" + parameter + ") \"$($A.GetType().Name) $A\" } -Name Get-It)", "Get-It", "{\"A\":" + value + "}"));

    [Fact]
    public void A_null_is_as_good_as_nothing() =>
        Assert.Equal("False", ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool { param([string] $A) $PSBoundParameters.ContainsKey('A') } -Name Get-It)", "Get-It", """{"A":null}"""));

    [Fact]
    public void What_takes_things_from_the_pipe_gets_them_one_by_one() => Assert.Equal("1\n2\n{\"a\":3}", ResultOf(
        "function Get-Each { param([Parameter(ValueFromPipeline)] $Item) process { $Item } } Invoke-GptChat 'x' -Tool Get-Each", "Get-Each", """{"Item":[1,2,{"a":3}]}"""));

    [Fact]
    public void Help_says_what_a_function_and_its_parameters_are_for()
    {
        Invoke("""
            function Get-It {
                <#
                .SYNOPSIS
                Gets it.
                .PARAMETER Name
                Which one.
                #>
                param([guid] $Name)
            }
            $null = Invoke-GptChat 'x' -Tool Get-It
            """);
        JsonElement function = Request.Json.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal("Gets it.", function.GetProperty("description").GetString());
        Assert.Equal("Which one. A GUID", function.GetProperty("parameters").GetProperty("properties").GetProperty("Name").GetProperty("description").GetString());
    }

    [Fact]
    public void A_cmdlet_is_a_tool()
    {
        Invoke("$null = Invoke-GptChat 'x' -Tool Get-History");
        JsonElement function = Request.Json.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal("Get-History", function.GetProperty("name").GetString());
        Assert.NotEmpty(function.GetProperty("description").GetString()!);
        Parameters(Request).IsJson("""
            {"type":"object","properties":{"Id":{"type":"array","items":{"type":"integer","minimum":1,"maximum":9223372036854775807}},"Count":{"type":"integer","minimum":0,"maximum":32767}},"required":[],"additionalProperties":false}
            """);
    }

    [Fact]
    public void An_alias_is_its_command()
    {
        Invoke("${alias:box} = 'Get-Box'; function Get-Box { param([string] $Name) } $null = Invoke-GptChat 'x' -Tool box");
        Assert.Equal("Get-Box", Request.Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
    }

    [Fact]
    public void Commands_come_through_the_pipe_too() =>
        Assert.Equal("Get-History Get-Job", InvokeOne("\"$(Get-Command Get-History, Get-Job | New-GptTool)\"").BaseObject);

    [Fact]
    public void The_user_says_what_is_offered_and_what_is_bound()
    {
        const string Script = """
            function Get-Log { param([Parameter(Mandatory)] [string] $ComputerName, [Parameter(Mandatory)] [string] $Name, [int] $Newest, [Alias('Ctx')] [string] $Context) "$ComputerName/$Name/$Newest/$Context" }
            Invoke-GptChat 'x' -Tool (New-GptTool Get-Log -Name read_log -Description 'Reads a log.' -Parameter Name -Bind @{ ComputerName = 'srv1'; Ctx = 'prod' })
            """;
        Assert.Equal("srv1/app/0/prod", ResultOf(Script, "read_log", """{"Name":"app"}"""));
        Server.Requests[0].Json.GetProperty("tools")[0].IsJson("""
            {"type":"function","function":{"name":"read_log","description":"Reads a log.","parameters":{"type":"object","properties":{"Name":{"type":"string"}},"required":["Name"],"additionalProperties":false}}}
            """);
        Assert.Contains("ComputerName is not a member of the schema", ResultOf(Script, "read_log", """{"Name":"app","ComputerName":"other"}"""));
    }

    [Fact]
    public void A_parameter_set_can_be_chosen_and_else_the_usual_one_is()
    {
        const string Function = "function Get-Two { [CmdletBinding(DefaultParameterSetName = 'ById')] param([Parameter(ParameterSetName = 'ByName', Mandatory)] [string] $Name, [Parameter(ParameterSetName = 'ById', Mandatory)] [int] $Id, [switch] $All) } ";
        Assert.Equal("Id All", Names(Function + "New-GptTool Get-Two"));
        Assert.Equal("Name All", Names(Function + "New-GptTool Get-Two -ParameterSet ByName"));
        Assert.Equal("Name", Names(Function + "New-GptTool Get-Two -Parameter Name"));
        Assert.Equal("All", Names(Function + "New-GptTool Get-Two -Bind @{ Name = 'x' }"));
    }

    [Theory]
    [InlineData("-Tool Get-Nothing-Of-The-Kind", "ToolNotUsable", "There is no command 'Get-Nothing-Of-The-Kind'")]
    [InlineData("-Tool Get-*", "ToolNotUsable", "nothing runs that was not named")]
    [InlineData("-Tool sh", "ToolNotUsable", "'sh' is a program")]
    [InlineData("-Tool Get-History, Get-History", "InvalidParameter", "two tools named 'Get-History'")]
    [InlineData("-Tool (New-GptTool Get-History -Parameter Nope)", "ToolNotUsable", "has no parameter 'Nope'", "NewGptToolCommand")]
    [InlineData("-Tool (New-GptTool Get-History -Bind @{ Nope = 1 })", "ToolNotUsable", "has no parameter 'Nope'", "NewGptToolCommand")]
    [InlineData("-Tool (New-GptTool Get-History -ParameterSet Nope)", "ToolNotUsable", "has no parameter set 'Nope'", "NewGptToolCommand")]
    [InlineData("-Tool (New-GptTool { 1 })", "ToolNotUsable", "A script block has no name", "NewGptToolCommand")]
    [InlineData("-Tool (New-GptTool Get-History -Name 'a b')", "InvalidParameter", "has the name 'a b'", "NewGptToolCommand")]
    [InlineData("-Tool (New-GptTool @{ type = 'function' })", "ToolNotUsable", "takes the name of a command", "NewGptToolCommand")]
    [InlineData("-Tool Get-History -ChoiceCount 2", "InvalidParameter", "-ChoiceCount and tools that are run")]
    [InlineData("-Tool Get-History -ExtraBody @{ tools = @() }", "InvalidParameter", "-ExtraBody holds tools")]
    public void What_cannot_be_a_tool_is_told_before_anything_is_sent(string call, string kind, string said, string command = "InvokeGptChatCommand")
    {
        Assert.Contains(said, InvokeError("Invoke-GptChat 'x' " + call).IsKind(kind, command).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("'text'", "text")]
    [InlineData("1, 2.5, $true, 'a'", "1\n2.5\nTrue\na")]
    [InlineData("[datetime]::new(2026, 1, 2)", "2026-01-02T00:00:00.0000000")]
    [InlineData("@{ a = 1 }", "{\"a\":1}")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'x' }, [pscustomobject]@{ a = 2 }", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}")]
    [InlineData("$null", "The command ended and returned nothing.")]
    [InlineData("''", "The command ended and returned nothing.")]
    public void A_result_is_text_or_a_line_of_JSON_each(string output, string told) =>
        Assert.Equal(told, ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool { param() " + output + " } -Name Get-It)", "Get-It"));

    private string Names(string script) =>
        string.Join(' ', JsonDocument.Parse((string)InvokeOne(script + " | ForEach-Object Schema").BaseObject).RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name));
}
