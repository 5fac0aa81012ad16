using System;
using System.Collections.Generic;
using GptChat.Connections;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Which settings are the same: those share a client and its open connections.</summary>
public sealed class HttpSettingsTests
{
    private static HttpSettings Make(string proxy = "http://proxy:3128", string user = "me", string password = "one", bool skip = false) =>
        new() { Proxy = new Uri(proxy), ProxyUser = user, ProxyPassword = SecureText.From(password), SkipCertificateCheck = skip };

    [Fact]
    public void Equal_ones_share_a_client_though_their_passwords_are_kept_apart()
    {
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.Same(HttpClients.For(Make()), HttpClients.For(Make()));
        Assert.Same(HttpClients.For(HttpSettings.Default), HttpClients.For(new HttpSettings()));
    }

    [Fact]
    public void Ones_that_differ_in_anything_do_not()
    {
        HttpSettings[] all = [HttpSettings.Default, Make(), Make(proxy: "http://proxy:3129"), Make(user: "you"), Make(password: "two"), Make(password: ""), Make(skip: true)];
        var clients = new HashSet<object>();
        Assert.All(all, settings => Assert.True(clients.Add(HttpClients.For(settings))));
    }

    [Fact]
    public void They_do_not_spell_themselves_out() => Assert.DoesNotContain("proxy", Make().ToString(), StringComparison.Ordinal);
}
