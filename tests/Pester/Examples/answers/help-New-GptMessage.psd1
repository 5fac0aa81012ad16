@{
    Answers = @(
        @{ When = 'no route to db1'; Answer = 'network' }
        @{ When = 'red light'; Answer = 'The third from the top.' }
    )
}
