namespace GptChat.Redaction;

/// <summary>What a conversation remembers of redaction; it has no property that is shown or serialised.</summary>
/// <param name="Rules">What was looked for in its latest turn that looked for something.</param>
/// <param name="Vault">What stands for what.</param>
internal sealed record ConversationRedaction(RedactionRules Rules, RedactionVault Vault);
