@{
    # PowerShell 7 gets the build for .NET, Windows PowerShell that for .NET Framework.
    RootModule           = if ($PSEdition -eq 'Core') { 'bin/net8.0/GptChat.dll' } else { 'bin/netstandard2.0/GptChat.dll' }
    # Loaded before the types file, which names types of it.
    RequiredAssemblies   = if ($PSEdition -eq 'Core') { 'bin/net8.0/GptChat.Core.dll' } else { 'bin/netstandard2.0/GptChat.Core.dll' }
    ModuleVersion        = '0.1.0'
    GUID                 = 'd5d5a3a2-6b0c-4c1e-9a3f-2b1c7a1f9e64'
    Author               = 'The GptChat maintainers'
    CompanyName          = 'The GptChat maintainers'
    Copyright            = '(c) The GptChat maintainers. MIT licence.'
    Description          = 'Chat with GPT-5.1 and every other Chat Completions model from PowerShell: the answer is a string, files and objects go in through the pipeline, and every error says what to do next.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    # Of Windows PowerShell 5.1; PowerShell 7 has its own runtime.
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess     = @('bin/GptChat.Format.ps1xml')
    TypesToProcess       = @('bin/GptChat.Types.ps1xml')

    # Explicit, so that typing a command's name finds the module without loading it.
    CmdletsToExport      = @(
        'Clear-GptCache'
        'Clear-GptConversation'
        'Clear-GptUsage'
        'Connect-GptChat'
        'Copy-GptConversation'
        'Disconnect-GptChat'
        'Enter-GptChat'
        'Export-GptConversation'
        'Get-GptConnection'
        'Get-GptConversation'
        'Get-GptModel'
        'Get-GptRecording'
        'Get-GptUsage'
        'Import-GptConversation'
        'Invoke-GptChat'
        'Measure-GptToken'
        'New-GptConversation'
        'New-GptMessage'
        'New-GptTool'
        'Protect-GptText'
        'Remove-GptConversation'
        'Remove-GptKeyHandler'
        'Remove-GptMessage'
        'Reset-GptRecording'
        'Set-GptKeyHandler'
        'Set-GptMessage'
        'Set-GptPrice'
        'Test-GptConnection'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('GPT', 'GPT-5', 'Chat', 'AI', 'LLM', 'OpenAI', 'Azure', 'Cloudflare', 'Ollama', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/gptchat/gptchat'
            LicenseUri   = 'https://github.com/gptchat/gptchat/blob/main/LICENSE'
            ReleaseNotes = 'The first version: the whole Chat Completions API from PowerShell, with streams, bulk calls, typed answers, tools, conversations, redaction, budgets and recordings. All that is in it: https://github.com/gptchat/gptchat/blob/main/CHANGELOG.md'
        }
    }
}
