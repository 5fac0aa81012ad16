using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Errors;

/// <summary>No answer at all.</summary>
public sealed class ConnectionErrorTests : ModuleTest
{
    [Fact]
    public void Nobody_listens()
    {
        // A bound socket that does not listen keeps its port from everybody else.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string uri = "http://127.0.0.1:" + ((IPEndPoint)socket.LocalEndPoint!).Port + "/v1";
        ErrorRecord error = InvokeError("Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat 'x'", ("uri", uri)).IsKind("ConnectFailed");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains(uri + "/chat/completions", error.Exception.Message);
        Assert.Null(error.Fact("StatusCode"));
    }

    [Fact]
    public void The_connection_breaks_before_an_answer()
    {
        Server.Default = Reply.Completion("x").CloseBeforeHeaders();
        InvokeError("Invoke-GptChat 'x'").IsKind("ConnectionLost");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_is_not_followed(int status)
    {
        Server.Enqueue(Reply.Redirect(status, Server.BaseUri + "/elsewhere"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("RedirectRefused");
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Contains("/v1/elsewhere", error.Exception.Message);
        Assert.Single(Server.Requests);
    }
}
