@{
    Answers = @(
        @{ When = 'What went wrong'; Answer = 'The payroll run stopped: db1 was slow and the pool of connections ran out.' }
        @{ When = 'What should be done first'; Answer = 'Find what blocks db1.' }
    )
}
