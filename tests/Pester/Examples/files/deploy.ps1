$password = 'Tr0ub4dor-3x'
Copy-Item -Path .\site -Destination \\web1\site -Recurse -Force -Verbose
