@{
    Answers = @(
        @{ When = 'Summarise'; Answer = 'Storage grows by 3 TB a quarter and lasts for six more. The backup of files1 needs care.' }
    )
}
