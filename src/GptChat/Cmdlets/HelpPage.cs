namespace GptChat.Cmdlets;

/// <summary>Where the project lives: the one place that says so, beside the manifest.</summary>
internal static class HelpPage
{
    /// <summary>The address of the project.</summary>
    public const string Project = "https://github.com/gptchat/gptchat";

    /// <summary>The folder of the pages, for the HelpUri of each cmdlet.</summary>
    public const string Folder = Project + "/blob/main/docs/help/";
}
