param([Parameter(Mandatory)] [string] $Path)
Get-ChildItem -LiteralPath $Path -File | Measure-Object Length -Sum
