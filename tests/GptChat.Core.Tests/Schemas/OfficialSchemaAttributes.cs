using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.Schemas;

/// <summary>A test that needs the official schemas.</summary>
internal sealed class OfficialSchemaFactAttribute : FactAttribute
{
    public OfficialSchemaFactAttribute() => Skip = OfficialSchemas.Missing;
}

/// <summary>A theory that needs the official schemas.</summary>
internal sealed class OfficialSchemaTheoryAttribute : TheoryAttribute
{
    public OfficialSchemaTheoryAttribute() => Skip = OfficialSchemas.Missing;
}
