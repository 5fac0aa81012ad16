@{
    RootModule         = 'NewerEvents.dll'
    RequiredAssemblies = 'System.Net.ServerSentEvents.dll'
    ModuleVersion      = '1.0'
    CmdletsToExport    = 'ConvertFrom-NewerEvent'
    FunctionsToExport  = @()
    AliasesToExport    = @()
    VariablesToExport  = @()
}
