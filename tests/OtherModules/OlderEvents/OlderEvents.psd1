@{
    RootModule         = 'OlderEvents.dll'
    RequiredAssemblies = 'System.Net.ServerSentEvents.dll'
    ModuleVersion      = '1.0'
    CmdletsToExport    = 'ConvertFrom-OlderEvent'
    FunctionsToExport  = @()
    AliasesToExport    = @()
    VariablesToExport  = @()
}
