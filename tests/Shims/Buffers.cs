using System;
using System.Buffers;
using System.Text;
using System.Threading.Tasks;

namespace GptChat;

internal static class Buffers
{
    extension(Encoding encoding)
    {
        public string GetString(ReadOnlySequence<byte> bytes) => encoding.GetString(bytes.ToArray());
    }

    extension(ReadOnlySpan<char> span)
    {
        public bool ContainsAny(char first, char second) => span.IndexOfAny(first, second) >= 0;
    }

    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;
    }
}
