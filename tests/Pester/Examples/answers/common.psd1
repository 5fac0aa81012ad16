# Answers that fit prompts of many pages. The first row counts whose words stand in the prompt; those of a page come before these.
@{
    Answers = @(
        @{ When = 'Severity', 'aborted'; Answer = 'high' }
        @{ When = 'Severity', 'failed'; Answer = 'high' }
        @{ When = 'Severity', 'refused'; Answer = 'medium' }
        @{ When = 'Severity'; Answer = 'low' }
        @{ When = 'What went wrong', 'payroll'; Answer = 'The payroll run stopped after 612 of 1840 employees: db1 was slow and every pooled connection was in use. Find what blocks db1, then start run 311 again.' }
        @{ When = 'What went wrong', 'backup'; Answer = 'The backup filled /var/backups, which was at 97 %, and stopped when no space was left. Nothing after 02:15:10 was saved.' }
        @{ When = 'What went wrong', 'job 17'; Answer = 'Job 17 lost its network path for two minutes and did not copy chunks 31 and 32. The rest is complete.' }
        @{ When = 'What went wrong', 'refused'; Answer = 'A secondary, 10.0.0.53, may not transfer the zone contoso.com.' }
        @{ When = 'What went wrong', 'health'; Answer = 'Nothing: all requests were answered.' }
        @{ When = 'road trip'; Answer = 'Day 1: over the pass to the lake. Day 2: along the river to the coast. Day 3: back through the vineyards.' }
        @{ When = 'Five days, no motorways'; Answer = 'Start in Bergen.' }
        @{ When = 'Three days, no motorways'; Answer = 'Oslo, Lillehammer, Oslo.' }
        @{ When = 'bicycle'; Answer = 'Then take the R1 along the fjord: two days more, and no hills.' }
        @{ When = 'By train'; Answer = 'The Bergen line, with a night in Finse.' }
        @{ When = 'What is a /27'; Answer = '32 addresses, 30 of them for hosts.' }
        @{ When = 'And a /28'; Answer = '16 addresses, 14 of them for hosts.' }
        @{ When = 'What should be done first'; Answer = 'Free some space on /var/backups, then start the backup again.' }
        @{ When = 'Which rule is never reached'; Answer = 'Rule 3: rule 2 denies everything before it.' }
        @{ When = 'Say yes'; Answer = 'Yes.' }
        @{ When = 'three laws of thermodynamics'; Answer = 'Energy is kept. Entropy never falls. Absolute zero cannot be reached.' }
        @{ When = 'Shorter'; Answer = 'Energy stays, disorder grows, absolute zero is out of reach.' }
        @{ When = 'Hello'; Answer = 'Hello! What can I do for you?' }
        @{ When = 'colours'; Answer = 'red, green, blue' }
    )
}
