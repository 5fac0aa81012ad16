using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace GptChat.Tests.Sessions;

/// <summary>What the module shows of itself.</summary>
public sealed class ManifestTests : ModuleTest
{
    [Fact]
    public void The_manifest_exports_every_cmdlet_of_the_assembly_and_nothing_else()
    {
        Assembly assembly = InvokeOne("Get-GptConnection").BaseObject.GetType().Assembly;
        assembly = System.AppDomain.CurrentDomain.GetAssemblies().Single(loaded => loaded.GetName().Name == "GptChat" && assembly is not null);
        string[] cmdlets = assembly.GetExportedTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .Where(cmdlet => cmdlet is not null)
            .Select(cmdlet => cmdlet!.VerbName + "-" + cmdlet.NounName)
            .Order()
            .ToArray();
        Assert.Equal(cmdlets, Invoke("(Get-Module GptChat).ExportedCommands.Keys").Select(name => (string)name.BaseObject).Order());
        Assert.Equal(0, InvokeOne("(Get-Module GptChat).ExportedVariables.Count + (Get-Module GptChat).ExportedAliases.Count").BaseObject);
    }

    [Fact]
    public void Types_can_be_named_in_the_shell()
    {
        Assert.Equal(true, InvokeOne("(New-GptMessage 'x') -is [GptChat.GptMessage]").BaseObject);
        Assert.Equal(true, InvokeOne("try { Invoke-GptChat '' } catch [GptChat.GptChatException] { $_.Exception.Kind -eq 'NoPrompt' }").BaseObject);
    }

    [Fact]
    public void Only_what_is_piped_binds_from_the_pipeline()
    {
        string[] bound = Invoke("(Get-Command Invoke-GptChat).Parameters.Values | Where-Object { $_.Attributes.ValueFromPipeline -contains $true -or $_.Attributes.ValueFromPipelineByPropertyName -contains $true } | ForEach-Object { $_.Name }")
            .Select(name => (string)name.BaseObject).ToArray();
        Assert.Equal(["InputObject"], bound);
        Assert.Empty(Invoke("(Get-Module GptChat).ExportedCmdlets.Values | ForEach-Object { $_.Parameters.Values } | Where-Object { $_.Attributes.ValueFromPipelineByPropertyName -contains $true }"));
    }

    [Fact]
    public void Verbose_has_its_short_name()
    {
        Assert.Contains("Answer after", Run("Invoke-GptChat 'x' -Verb").Verbose[^1]);
    }
}
