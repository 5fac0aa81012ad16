@{
    Answers = @(
        @{ When = 'Why does the connection fail'; Answer = 'db1 is named without its instance, so port 1433 is tried. Password=[SECRET:PASSWORD:1] is not the reason.' }
        @{ When = 'Rewrite this with splatting'; Answer = "`$password = '[SECRET:PASSWORD:1]'`n`$copy = @{ Path = '.\site'; Destination = '\\web1\site'; Recurse = `$true; Force = `$true }`nCopy-Item @copy" }
    )
}
