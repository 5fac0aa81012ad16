using System.Collections.Generic;
using GptChat.Cmdlets;

namespace GptChat.Jobs;

/// <summary>The one request of a job.</summary>
/// <param name="Conversation">The conversation that it goes on with.</param>
/// <param name="Messages">What is new.</param>
internal sealed record JobRequest(GptConversation Conversation, IReadOnlyList<GptMessage> Messages);

/// <summary>One of the many requests of a job.</summary>
/// <param name="Item">The input that it is about.</param>
/// <param name="Question">What is asked; null where the job itself reads the files.</param>
/// <param name="Files">The files to be read; empty where nothing is to be read.</param>
/// <param name="Failure">Why it cannot be asked; null where it can.</param>
internal sealed record JobItem(BulkItem Item, Question? Question, object[] Files, GptChatException? Failure);
