using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>A file that answers what it holds: whoever counts what requests cost asks first whether one will be sent.</summary>
internal interface IAnswerFile : IChatTransport
{
    /// <summary>Whether the file has the answer to a request, as far as can be told now.</summary>
    bool Holds(ChatCall call);
}
