@{
    Answers = @(
        @{ When = 'service, severity', 'What went wrong'; Answer = '{"service":"payroll","severity":"high","cause":"db1 was slow and the pool of connections ran out"}' }
        @{ When = 'What went wrong?', 'payroll', 'severity'; Answer = '{"service":"payroll","severity":"high","cause":"db1 was slow and the pool of connections ran out"}' }
    )
}
