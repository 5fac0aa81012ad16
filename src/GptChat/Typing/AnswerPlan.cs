using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Schemas;

namespace GptChat.Typing;

/// <summary>What becomes of the answers of a call: the schema that they are asked for with, and the objects that are made of them.</summary>
internal sealed class AnswerPlan
{
    private readonly Type? _type;
    private readonly Type? _element;

    private AnswerPlan(AnswerSchema schema, Type? type, int repairs)
    {
        Schema = schema;
        Answers = new TypedAnswer(schema, repairs);
        _type = type;
        _element = type is not null && TypeShape.Of(type) is { Kind: ShapeKind.List } list ? list.Inner : null;
    }

    /// <summary>What answers must look like.</summary>
    public AnswerSchema Schema { get; }

    /// <summary>What lets only those pass that do.</summary>
    public TypedAnswer Answers { get; }

    /// <summary>Objects of a type.</summary>
    /// <exception cref="GptChatException">None can be made of an answer.</exception>
    public static AnswerPlan Of(Type type, GptSchemaMode mode, int repairs)
    {
        TypeShape shape = TypeShape.Of(type);
        Type named = shape.Inner ?? shape.Type;
        return new AnswerPlan(AnswerSchema.Create(TypeSchema.Of(type, mode == GptSchemaMode.Strict), named.Name.Split('`')[0].TrimEnd('[', ']'), mode), type, repairs);
    }

    /// <summary>Custom objects.</summary>
    /// <exception cref="GptChatException">The schema is none.</exception>
    public static AnswerPlan Of(object schema, GptSchemaMode mode, int repairs) =>
        new(AnswerSchema.Create(SchemaArgument.Read(schema, mode == GptSchemaMode.Strict), "answer", mode), null, repairs);

    /// <summary>The objects of a finished answer: a list gives its elements.</summary>
    /// <exception cref="GptChatException">The type itself refuses the answer.</exception>
    public IReadOnlyList<object?> Make(JsonElement answer) =>
        Schema.IsList ? Make(answer.EnumerateArray(), 0) : new[] { _type is null ? PlainReader.Read(answer, Schema.Answer, Schema.Check, string.Empty) : TypeReader.Read(_type, answer, string.Empty) };

    /// <summary>The objects of elements of a list.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="first">The number of the first.</param>
    public IReadOnlyList<object?> Make(IEnumerable<JsonElement> elements, int first) => elements.Select((element, index) => MakeElement(element, "[" + (first + index) + "]")).ToArray();

    private object? MakeElement(JsonElement element, string path)
    {
        if (_element is not null) return TypeReader.Read(_element, element, path);
        JsonElement items = Schema.Answer.TryGetProperty(SchemaWords.Items, out JsonElement found) ? found : default;
        return PlainReader.Read(element, items, Schema.Check, path);
    }
}
