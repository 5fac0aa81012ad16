@{
    Answers = @(
        @{ When = 'Five days'; Answer = 'Day 1: over the pass to the lake. Day 2: along the river. Day 3: the coast. Day 4: the vineyards. Day 5: home through the hills.' }
        @{ When = 'by bicycle'; Answer = 'Then stay in the valley: forty kilometres a day, along the river.' }
    )
}
