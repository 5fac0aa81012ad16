@{
    Answers = @(
        @{ When = 'Which of these rules are wider'; Answer = @(
                @{ Name = 'SQL test Meyer'; Risk = 'high'; Reason = 'A test of one person, open to everybody'; Better = 'Delete it: a file server needs no SQL' }
                @{ Name = 'Remote Desktop'; Risk = 'high'; Reason = 'Open to every network'; Better = 'Profile Domain, from the admin subnet' }
            )
        }
        @{ When = 'Judge each difference'; Answer = @(
                @{ line = 'added: enable secret 9 [SECRET:1]'; risk = 'low'; why = 'A password was set; the agreed file leaves it out' }
                @{ line = 'added: snmp-server community [SECRET:2] RW'; risk = 'high'; why = 'Whoever knows the word can write, from anywhere' }
                @{ line = 'missing: switchport access vlan 20'; risk = 'medium'; why = 'Clients of this port are in another network' }
                @{ line = 'added: switchport access vlan 30'; risk = 'medium'; why = 'VLAN 30 is not in the agreed configuration' }
                @{ line = 'missing: spanning-tree bpduguard enable'; risk = 'high'; why = 'A switch that somebody plugs in can take down the floor' }
            )
        }
        @{ When = 'Vendor is the first half'; Answer = @(
                @{ IPAddress = '10.0.0.22'; Device = 'Laptop of a person'; Reason = 'DNS still has an address from before'; Sure = $true }
                @{ IPAddress = '10.0.0.23'; Device = 'Sensor or plug with an Espressif chip'; Reason = 'It registers no name; nobody gave it one'; Sure = $false }
            )
        }
    )
}
