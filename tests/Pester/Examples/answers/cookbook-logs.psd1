@{
    Answers = @(
        @{ When = 'Which of these events belong together'; Answer = @(
                @{ problem = 'Disk 1 of files1 is failing'; severity = 'high'; next = 'The SMART values of Disk 1, then replace it' }
                @{ problem = 'The backup service ends by itself'; severity = 'medium'; next = 'Its log at 03:00; it may wait for Disk 1' }
                @{ problem = 'DistributedCOM 10016'; severity = 'low'; next = 'Nothing, Windows logs it by design' }
            )
        }
        @{ When = 'What must a DBA do today'; Answer = "1. Back up the log of 'payroll': it has been full since 03:40, and nothing can be written.`n2. Find out why no log backup ran, and set up one every 15 minutes.`n3. Correct the password of '[LOGIN:1]' on 10.0.0.31, which fails every minute." }
        @{ When = 'Which are attacks'; Answer = @(
                @{ request = 'POST /api/orders'; kind = 'fault'; what = 'The service behind it does not answer since 06:01.' }
                @{ request = 'GET /wp-login.php'; kind = 'attack'; what = 'Somebody looks for WordPress.' }
                @{ request = 'GET /.env'; kind = 'attack'; what = 'Somebody looks for passwords in settings.' }
            )
        }
        @{ When = 'What became of this backup', 'files1'; Answer = @{ job = 'files1 nightly'; result = 'warning'; reason = 'three files were in use'; missing = @('D:\mail\outlook.pst', 'D:\db\a.mdf', 'D:\db\a.ldf') } }
        @{ When = 'What became of this backup', 'sql1'; Answer = @{ job = 'sql1 nightly'; result = 'failed'; reason = 'the quota of the repository is used up'; missing = @() } }
        @{ When = 'What became of this backup', 'web1'; Answer = @{ job = 'web1 nightly'; result = 'ok'; reason = 'done in 14 minutes'; missing = @() } }
    )
}
