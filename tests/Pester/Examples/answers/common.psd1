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
        @{ When = 'three laws of thermodynamics'; Answer = 'Energy is kept. Entropy never falls. Absolute zero cannot be reached.' }
        @{ When = 'Shorter'; Answer = 'Energy stays, disorder grows, absolute zero is out of reach.' }
        @{ When = 'Hello'; Answer = 'Hello! What can I do for you?' }
        @{ When = 'colours'; Answer = 'red, green, blue' }
    )
}
