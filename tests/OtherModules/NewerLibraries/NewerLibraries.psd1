@{
    RootModule         = 'NewerLibraries.dll'
    RequiredAssemblies = 'Microsoft.Extensions.Logging.Abstractions.dll', 'Microsoft.ML.Tokenizers.dll'
    ModuleVersion      = '1.0'
    CmdletsToExport    = 'Test-NewerLibrary'
    FunctionsToExport  = @()
    AliasesToExport    = @()
    VariablesToExport  = @()
}
