using System.IO;
using Xunit;

namespace GptChat.Tests.Requests;

/// <summary>A theory over real exchanges; where they do not lie beside the checkout, it says so.</summary>
internal sealed class RealExchangeTheoryAttribute : TheoryAttribute
{
    public RealExchangeTheoryAttribute()
    {
        if (!Directory.Exists(Repository.RealExchanges)) Skip = "Not compared with real exchanges: there is no folder " + Repository.RealExchanges + ".";
    }
}

/// <summary>A test of real exchanges or official schemas; where they do not lie beside the checkout, it says so.</summary>
internal sealed class RealExchangeFactAttribute : FactAttribute
{
    public RealExchangeFactAttribute() => Skip = new RealExchangeTheoryAttribute().Skip;
}
