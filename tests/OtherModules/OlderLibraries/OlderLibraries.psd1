@{
    RootModule         = 'OlderLibraries.dll'
    RequiredAssemblies = 'System.Net.ServerSentEvents.dll', 'Microsoft.Extensions.Logging.Abstractions.dll'
    ModuleVersion      = '1.0'
    CmdletsToExport    = 'Test-OlderLibrary'
    FunctionsToExport  = @()
    AliasesToExport    = @()
    VariablesToExport  = @()
}
