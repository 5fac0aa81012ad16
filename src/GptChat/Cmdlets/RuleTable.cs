using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Cmdlets;

/// <summary>Reads tables of which parameters exclude and need each other: one style of error for all cmdlets.</summary>
/// <param name="kind">The kind of the failure.</param>
/// <param name="bound">The parameters that were given.</param>
internal sealed class RuleTable(GptErrorKind kind, IReadOnlyDictionary<string, object> bound)
{
    /// <summary>Throws where two are given of which one may be.</summary>
    /// <exception cref="GptChatException">Names both parameters.</exception>
    public RuleTable Exclude(IEnumerable<(string First, string Second, string Why)> rules)
    {
        foreach ((string first, string second, string why) in rules)
        {
            if (IsGiven(first) && IsGiven(second)) throw Broken("-" + first + " and -" + second + " cannot be used together", why);
        }

        return this;
    }

    /// <summary>Throws where one is given that means something only beside one of others.</summary>
    /// <exception cref="GptChatException">Names the parameters.</exception>
    public RuleTable Need(IEnumerable<(string Parameter, string[] Needs, string Why)> rules)
    {
        foreach ((string parameter, string[] needs, string why) in rules)
        {
            if (IsGiven(parameter) && !needs.Any(IsGiven))
            {
                throw Broken("-" + parameter + " needs " + string.Join(" or ", needs.Select(need => "-" + need)), why);
            }
        }

        return this;
    }

    /// <summary>Throws where one is given that belongs to other services.</summary>
    /// <exception cref="GptChatException">Names the parameter and the services.</exception>
    public RuleTable Belong(GptProvider provider, IEnumerable<(string Parameter, GptProvider[] Providers, string Why)> rules)
    {
        foreach ((string parameter, GptProvider[] providers, string why) in rules)
        {
            if (IsGiven(parameter) && !providers.Contains(provider))
            {
                throw Broken("-" + parameter + " is for -Provider " + string.Join(" or ", providers) + ", not for " + provider, why);
            }
        }

        return this;
    }

    /// <summary>A switch that is given as false is not given.</summary>
    private bool IsGiven(string name) => bound.TryGetValue(name, out object? value) && value is not SwitchParameter { IsPresent: false };

    private GptChatException Broken(string message, string why) => new(kind, message) { Hint = why };
}
