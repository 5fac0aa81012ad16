using System.Management.Automation;

namespace GptChat.Input;

/// <summary>A way to write objects for a model to read: <c>-InputFormat</c>.</summary>
internal interface IObjectFormat
{
    /// <summary>Reads objects, and knows what the user chose of them.</summary>
    ObjectReader Reader { get; }

    /// <summary>Whether each object stands apart from what is around it, or is a line among lines.</summary>
    bool IsBlock { get; }

    /// <summary>One object as text.</summary>
    string Write(PSObject item);

    /// <summary>Something else than an object came: what is said once for several objects is said again.</summary>
    void Break();
}
