using System.Collections.Generic;

namespace GptChat.Cmdlets;

/// <summary>Which parameters of Invoke-GptChat exclude each other and which need another: one table, one style of error.</summary>
internal static class ParameterRules
{
    /// <summary>Pairs of which one may be given, and why.</summary>
    internal static readonly (string First, string Second, string Why)[] Exclusive =
    {
        ("Stream", "Live", "-Stream outputs the pieces of the answer, -Live shows them: choose one."),
        ("Continue", "Conversation", "-Continue goes on with the current conversation, -Conversation with the one named: choose one."),
        ("Each", "Continue", "Each item has a request of its own: which conversation would go on?"),
        ("Each", "Conversation", "Each item has a request of its own: which of them would go on with it?"),
        ("Retry", "Prompt", "-Retry asks the last question again: leave the prompt out, or -Retry."),
        ("Retry", "InputObject", "-Retry asks the last question again: leave the input out, or -Retry."),
        ("Retry", "Path", "-Retry asks the last question again, with what it held."),
        ("Retry", "LiteralPath", "-Retry asks the last question again, with what it held."),
        ("Each", "Retry", "Each item has a request of its own, and the last question none of them."),
        ("Each", "ContextPolicy", "Each item has a request of its own, and no turns before it to leave out."),
        ("Each", "AudioPath", "Each item has an answer of its own, and they would overwrite each other."),
        ("Chunk", "Continue", "Each part has a request of its own: which of them would be the turn?"),
        ("Chunk", "Conversation", "Each part has a request of its own: which of them would be the turn?"),
        ("Chunk", "ContextPolicy", "Each part has a request of its own, and no turns before it to leave out."),
        ("Chunk", "AudioPath", "Each part has an answer of its own, and they would overwrite each other."),
        ("Live", "AsCompleted", "Answers that are shown as they arrive would mix."),
        ("As", "Schema", "Both say what the answer looks like: choose one."),
        ("As", "ResponseFormat", "-As says the form of the answer: leave -ResponseFormat out."),
        ("Schema", "ResponseFormat", "-Schema says the form of the answer: leave -ResponseFormat out. A schema in -ResponseFormat gives text that is not checked."),
        ("As", "ChoiceCount", "Objects are made of one answer: ask several times, or with -Each."),
        ("Schema", "ChoiceCount", "Objects are made of one answer: ask several times, or with -Each."),
        ("As", "AudioPath", "What is spoken cannot become an object."),
        ("Schema", "AudioPath", "What is spoken cannot become an object."),
        ("Repair", "Stream", "What was output cannot be taken back to be corrected."),
        ("Repair", "Live", "What was shown cannot be taken back to be corrected."),
        ("AsJob", "Live", "A job has no screen: use -Stream, and take the pieces with Receive-Job."),
        ("AsJob", "Confirm", "A job cannot ask: leave -Confirm out."),
        ("AsJob", "Tool", "What a tool may do is decided by whoever watches the call, and nobody watches a job."),
        ("AsJob", "ResponseVariable", "The call is over before there is a response: Receive-Job outputs replies, each with its Response."),
        ("Record", "Replay", "-Replay answers without a server, so there is nothing to record: choose one."),
        ("Record", "ReplayOrRecord", "-ReplayOrRecord records what it does not hold: choose one."),
        ("Replay", "ReplayOrRecord", "-Replay never sends, -ReplayOrRecord sends what is not in the file: choose one."),
        ("Record", "Cache", "A recording is to have all that is asked, and a cache keeps requests from being sent: choose one."),
        ("Replay", "Cache", "One file answers: choose one."),
        ("ReplayOrRecord", "Cache", "One file answers: choose one."),
    };

    /// <summary>Parameters that mean something only beside one of others.</summary>
    internal static readonly (string Parameter, string[] Needs, string Why)[] Dependent =
    {
        ("PassThru", new[] { "Live" }, "Without -Live the reply is output anyway."),
        ("StreamOption", new[] { "Stream", "Live" }, "It applies to streamed answers."),
        ("ToolChoice", new[] { "Tool", "ExtraBody" }, "It chooses among tools."),
        ("ParallelToolCall", new[] { "Tool", "ExtraBody" }, "It is about calls of tools."),
        ("MaxToolRounds", new[] { "Tool" }, "It limits how often tools are run."),
        ("MaxToolSeconds", new[] { "Tool" }, "It limits how long tools are run."),
        ("ThrottleLimit", new[] { "Each", "Chunk" }, "Without it there is one request."),
        ("AsCompleted", new[] { "Each", "Chunk" }, "Without it there is one answer."),
        ("Journal", new[] { "Each", "Chunk" }, "It keeps which items are finished."),
        ("BatchSize", new[] { "Each" }, "Without it all input goes into one request."),
        ("SchemaMode", new[] { "As", "Schema" }, "It says how a schema is sent."),
        ("Repair", new[] { "As", "Schema" }, "It sends answers back that do not fit a schema."),
        ("ChunkSize", new[] { "Chunk" }, "It is the size of a part."),
        ("ChunkOverlap", new[] { "Chunk" }, "It is what a part repeats of the one before it."),
        ("Combine", new[] { "Chunk" }, "It asks about the answers to the parts. Of -Each, pipe the replies: ... -Each | Invoke-GptChat 'prompt'."),
        ("JobName", new[] { "AsJob" }, "It names the job."),
    };

    /// <summary>Throws for the first rule that is broken.</summary>
    /// <exception cref="GptChatException">Names both parameters.</exception>
    public static void Check(IReadOnlyDictionary<string, object> bound) =>
        new RuleTable(GptErrorKind.InvalidParameter, bound).Exclude(Exclusive).Need(Dependent);
}
