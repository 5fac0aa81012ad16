# What examples take for granted. A page that needs more says where it comes from.

$id = '0123456789abcdef0123456789abcdef'
$token = $key = ConvertTo-SecureString 'example' -AsPlainText -Force
$servers = 'web1', 'web2'
$hosts = [pscustomobject]@{ Name = 'db1'; Address = '10.0.0.5' }, [pscustomobject]@{ Name = 'printer3'; Address = '10.0.0.90' }
$photo1, $photo2 = 'https://example.com/room-1.jpg', 'https://example.com/room-2.jpg'

# Readers have connected before; what they send goes to the server beside, or is answered from the recording.
GptChat\Connect-GptChat -BaseUri $ExampleServer -Model openai/gpt-5.1-chat -Name Cloudflare
