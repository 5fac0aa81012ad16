using System.Linq;
using Xunit;

namespace GptChat.Tests.Sessions;

/// <summary>Other modules import this one for themselves; the session stays one and the same.</summary>
public sealed class NestedImportTests : ModuleTest
{
    private const string Functions = "function Ask { param($p) Invoke-GptChat $p } function AskOn { param($p) Invoke-GptChat $p -Continue } Export-ModuleMember Ask, AskOn";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_module_that_imports_this_one_shares_the_session(bool byManifest)
    {
        string path = byManifest ? ByManifest() : ByScript();
        Invoke("$null = Invoke-GptChat 'one'; Import-Module $path; AskOn 'two'; Invoke-GptChat 'three' -Continue", ("path", path));
        Assert.Equal(5, Server.Requests[2].Messages().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_module_alone_that_imports_this_one_has_a_session(bool byManifest)
    {
        string path = byManifest ? ByManifest() : ByScript();
        Invoke("Remove-Module GptChat; Import-Module $path", ("path", path));
        Invoke("& (Get-Module Outer) { Connect-GptChat -BaseUri $uri -Model m }; $null = Ask 'one'; AskOn 'two'", ("uri", Server.BaseUri));
        Assert.Equal(3, Server.Requests[1].Messages().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Removing_such_a_module_keeps_the_session_of_whoever_imported_this_one(bool byManifest)
    {
        string path = byManifest ? ByManifest() : ByScript();
        Invoke("$null = Invoke-GptChat 'one'; Import-Module $path; AskOn 'two'; Remove-Module Outer; Invoke-GptChat 'three' -Continue", ("path", path));
        Assert.Equal(5, Server.Requests[2].Messages().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Removing_this_module_afterwards_clears_the_session(bool byManifest)
    {
        string path = byManifest ? ByManifest() : ByScript();
        Invoke("Import-Module $path; Remove-Module Outer; Remove-Module GptChat; Import-Module $manifest", ("path", path), ("manifest", Repository.Manifest));
        Assert.Empty(Invoke("Get-GptConnection"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_module_that_still_holds_this_one_goes_on_with_an_empty_session(bool byManifest)
    {
        string path = byManifest ? ByManifest() : ByScript();
        Invoke("Import-Module $path; $null = Ask 'one'; Remove-Module GptChat", ("path", path));
        InvokeError("AskOn 'two'").IsKind("NoConversation");
        Invoke("& (Get-Module Outer) { Connect-GptChat -BaseUri $uri -Model m }; $null = Ask 'three'; AskOn 'four'", ("uri", Server.BaseUri));
        Assert.Equal(["user: three", "assistant: This is the answer of the test server.", "user: four"], Server.Requests[2].Messages());
    }

    [Fact]
    public void A_command_that_was_kept_works_after_its_module_is_removed() =>
        Assert.Empty(Invoke("$kept = Get-Command Get-GptConnection; & $kept; Remove-Module GptChat; & $kept").Skip(1));

    private string ByScript() => Folder.Write("Outer.psm1", "Import-Module '" + Repository.Manifest + "'; " + Functions);

    private string ByManifest()
    {
        Folder.Write("Inner.psm1", Functions);
        return Folder.Write(
            "Outer.psd1",
            "@{ ModuleVersion = '1.0'; RootModule = 'Inner.psm1'; NestedModules = '" + Repository.Manifest + "'; FunctionsToExport = 'Ask', 'AskOn' }");
    }
}
