@{
    Answers = @(
        @{ When = 'What went wrong'; Answer = @(@{ Service = 'payroll'; Severity = 'high'; Steps = @('Find what blocks db1', 'Start run 311 again') }) }
        @{ When = 'How many planets'; Answer = 8 }
        @{ When = 'What happened here', 'payroll'; Answer = @{ Service = 'payroll'; Severity = 'High'; Cause = 'All pooled connections were in use'; Next = @('Find what blocks db1', 'Start run 311 again') } }
        @{ When = 'What happened here', 'backup'; Answer = @{ Service = 'backup'; Severity = 'High'; Cause = 'No space left for backups'; Next = @('Free space on /var/backups') } }
        @{ When = 'What happened here', 'job 17'; Answer = @{ Service = 'copy'; Severity = 'Medium'; Cause = 'The network path was lost'; Next = @('Copy chunks 31 and 32') } }
        @{ When = 'What happened here', 'refused'; Answer = @{ Service = 'dns'; Severity = 'Medium'; Cause = 'A secondary is not allowed to transfer'; Next = @('Allow 10.0.0.53') } }
        @{ When = 'What happened here'; Answer = @{ Service = 'web'; Severity = 'Low'; Cause = 'Nothing wrong'; Next = @() } }
        @{ When = 'Who starts when'; Answer = @(
                @{ name = 'Ann Lee'; login = 'ann.lee'; starts = '2026-03-02'; team = 'Sales'; laptop = $true }
                @{ name = 'Bo Ek'; login = 'bo.ek'; starts = '2026-03-09'; team = 'Support'; laptop = $false }
            )
        }
        @{ When = 'Judge each rule'; Answer = @(
                @{ Number = 2; Verdict = 'Fine'; Reason = 'It is the last word' }
                @{ Number = 3; Verdict = 'Unreachable'; Reason = 'Rule 2 denies everything before it' }
            )
        }
    )
}
