@{
    Answers = @(
        @{ When = 'Which servers share a problem'; Answer = 'web1 and web2: both report bad blocks on disk 1, and their backup service ends by itself.' }
        @{ When = 'What should be done here first'; Answer = 'Replace disk 1 before its bad blocks spread.' }
        @{ When = 'Order these by urgency'; Answer = '1. web1: disk. 2. web2: disk.' }
        @{ When = 'Which of web1 and web2 goes first'; Answer = 'web1: its disk reports more.' }
        @{ When = 'Why?'; Answer = 'A bad block is seldom alone.' }
    )
}
