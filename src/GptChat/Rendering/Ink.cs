using System;
using System.Text;

namespace GptChat.Rendering;

/// <summary>The colours that are used: those of the 16 that can be read on dark and on light backgrounds.</summary>
internal enum InkColor
{
    None = 0,
    Green = 32,
    Magenta = 35,
    Cyan = 36,
}

/// <summary>Forms of letters.</summary>
[Flags]
internal enum InkForm
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Underline = 4,
    Strike = 8,
}

/// <summary>How a piece of text looks on the console.</summary>
internal readonly record struct Ink(InkForm Form, InkColor Color)
{
    /// <summary>Ends every ink.</summary>
    public const string Reset = "\u001b[0m";

    public static Ink Plain => default;

    public static Ink Heading => new(InkForm.Bold, InkColor.Magenta);

    public static Ink Mark => new(InkForm.None, InkColor.Cyan);

    public static Ink Code => new(InkForm.None, InkColor.Cyan);

    public static Ink Keyword => new(InkForm.None, InkColor.Magenta);

    public static Ink Quoted => new(InkForm.None, InkColor.Green);

    public static Ink Comment => new(InkForm.Italic, InkColor.Green);

    /// <summary>The same with one form more.</summary>
    public Ink With(InkForm form) => this with { Form = Form | form };

    /// <summary>The same in another colour.</summary>
    public Ink In(InkColor color) => this with { Color = color };

    /// <summary>Appends the sequence that begins this ink.</summary>
    public void AppendStart(StringBuilder to)
    {
        if (this == Plain) return;
        to.Append("\u001b[");
        int start = to.Length;
        Part(to, start, Has(InkForm.Bold), 1);
        Part(to, start, Has(InkForm.Italic), 3);
        Part(to, start, Has(InkForm.Underline), 4);
        Part(to, start, Has(InkForm.Strike), 9);
        Part(to, start, Color != InkColor.None, (int)Color);
        to.Append('m');
    }

    private static void Part(StringBuilder to, int start, bool isUsed, int code)
    {
        if (!isUsed) return;
        if (to.Length > start) to.Append(';');
        to.Append(code);
    }

    private bool Has(InkForm form) => (Form & form) != 0;
}
