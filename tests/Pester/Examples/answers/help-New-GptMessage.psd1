@{
    Answers = @(
        @{ When = 'no route to db1'; Answer = 'network' }
        @{ When = 'What went wrong?'; Answer = 'payroll ran out of connections, and the backup out of space.' }
        @{ When = 'red light'; Answer = 'The third from the top.' }
    )
}
