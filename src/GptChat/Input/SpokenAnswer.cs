using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Content;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>What a request says about a spoken answer: voice and format, and that sound is wanted at all.</summary>
internal sealed class SpokenAnswer
{
    // The API wants a voice. This one is on every model that speaks.
    private const string DefaultVoice = "alloy";

    private const string Spoken = "audio";

    private static readonly string[] TextAndAudio = { "text", Spoken };

    private SpokenAnswer(JsonElement audio, IReadOnlyList<string> modalities)
    {
        Audio = audio;
        Modalities = modalities;
    }

    /// <summary>The member <c>audio</c>.</summary>
    public JsonElement Audio { get; }

    /// <summary>The member <c>modalities</c>.</summary>
    public IReadOnlyList<string> Modalities { get; }

    /// <summary>Puts the parameters together; null where no spoken answer is asked for.</summary>
    /// <param name="audio">A voice, or an object in the protocol's shape.</param>
    /// <param name="modality">What the answer is made of, where it was said.</param>
    /// <param name="path">The file to save to.</param>
    /// <param name="isStreamed">Whether the answer is streamed.</param>
    /// <exception cref="GptChatException">The parameters contradict each other.</exception>
    public static SpokenAnswer? From(object? audio, string[]? modality, string? path, bool isStreamed)
    {
        if (audio is null && path is null) return null;
        if (modality is not null && !modality.Contains(Spoken, System.StringComparer.Ordinal))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-" + (path is null ? "Audio" : "AudioPath") + " asks for a spoken answer, and -Modality leaves sound out")
            {
                Hint = "Add audio to -Modality, or leave -Modality out: text and audio are asked for then.",
            };
        }

        var members = new Dictionary<string, object>(System.StringComparer.Ordinal);
        if (RequestParameters.MemberOrObject(audio, "voice", Words.Voice, "-Audio") is { } given)
        {
            foreach (JsonProperty member in given.EnumerateObject()) members[member.Name] = member.Value.Clone();
        }

        string? saved = path is null ? null : AudioFile.FormatOf(path);
        string? said = members.TryGetValue("format", out object? format) ? ((JsonElement)format).ToString() : null;
        RequireAgreement(path, saved, said);
        if (!members.ContainsKey("voice")) members["voice"] = DefaultVoice;

        // Bare samples are all that can be streamed; a WAV file is made of them.
        if (said is null) members["format"] = isStreamed && saved is null or AudioFile.Wav ? AudioFile.Samples : saved ?? AudioFile.Wav;
        return new SpokenAnswer(ObjectJson.ToElement(members, "-Audio"), modality ?? TextAndAudio);
    }

    private static void RequireAgreement(string? path, string? saved, string? said)
    {
        if (path is null) return;
        if (saved is null && said is null)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-AudioPath '" + path + "' does not say which format is meant")
            {
                Hint = "End the name with .wav, .mp3, .flac, .opus, .aac or .pcm, or say it: -Audio @{ voice = 'alloy'; format = 'wav' }.",
            };
        }

        bool isWrapped = saved == AudioFile.Wav && said == AudioFile.Samples;
        if (saved is null || said is null || saved == said || isWrapped) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-AudioPath ends like a file of the format " + saved + ", and -Audio says " + said)
        {
            Hint = "Leave the format out of -Audio: the file's name says it.",
        };
    }
}
