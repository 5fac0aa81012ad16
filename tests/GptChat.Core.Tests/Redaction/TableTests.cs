using System.Linq;
using System.Threading;
using GptChat.Redaction;
using Xunit;

namespace GptChat.Core.Tests.Redaction;

/// <summary>What stands below a name in a table is as secret as what stands behind it.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("user,password\nbob,sunflower\nann,hunter-2", "sunflower|hunter-2")]
    [InlineData("\"Name\",\"Password\",\"Note\"\r\n\"bob\",\"a,\"\"b\"\" c\",\"x\"\r\n\"ann\",\"hunter-2\",\"y\"\r\n", "a,\"\"b\"\" c|hunter-2")]
    [InlineData("User Name;User Password;Id\nbob;sunflower;1", "sunflower")]
    [InlineData("user\tpwd\nbob\tsunflower", "sunflower")]
    [InlineData("Password,User\nsunflower,bob\n\nx,y", "sunflower")]
    [InlineData("user,password,note\nbob,sunflower,\"two\nlines\"\nann,hunter-2,z", "sunflower|hunter-2")]
    [InlineData("host,api_key\nweb1,a8Kd92LmQz71xVbN40Ty", "a8Kd92LmQz71xVbN40Ty")]
    [InlineData("Report of today\nuser,password\nbob,sunflower", "sunflower")]
    [InlineData("user,password\nbob,\nann,N/A\ncarl,true\ndan,[SECRET:PASSWORD:1]\neve,a,b", "")]
    [InlineData("user,city\nbob,sunflower", "")]
    [InlineData("Enter user, password\nThen wait, please", "")]
    [InlineData("password\nsunflower", "")]
    [InlineData("connect(user,password)\nprint(a,b)", "")]
    [InlineData("host,api_key\nweb1,not-given", "")]
    public void Cells_below_the_name_of_a_secret_are_found(string text, string found) =>
        Assert.Equal(found, string.Join("|", new RedactionRules(GptRedactionKind.Secret, []).Find(text, CancellationToken.None).Select(one => text[one.Start..one.End])));
}
