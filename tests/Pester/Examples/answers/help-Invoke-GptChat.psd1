@{
    Answers = @(
        @{ When = 'What went wrong?', 'payroll'; Answer = @{ service = 'payroll'; severity = 'high'; cause = 'db1 was slow and the pool of connections ran out' } }
    )
}
