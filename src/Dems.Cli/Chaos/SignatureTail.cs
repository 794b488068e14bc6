using System.Text;
using Dems.Grains.Peers;

namespace Dems.Cli.Chaos;

/// <summary>Follows the signature log of one life of a member, which may still be growing.</summary>
internal sealed class SignatureTail(string path)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly List<byte> _line = [];
    private long _offset;

    /// <summary>The log of a member that never lived.</summary>
    public static SignatureTail Empty { get; } = new("");

    /// <summary>The messages that were logged since the last call. A torn last line waits for its end, which never comes if the process died over it: such a message did not leave.</summary>
    public IReadOnlyList<SignedMessage> Read()
    {
        var messages = new List<SignedMessage>();
        if (!File.Exists(path))
        {
            return messages;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var chunk = new byte[ChunkBytes];
        while (RandomAccess.Read(file, chunk, _offset) is > 0 and var length)
        {
            _offset += length;
            foreach (var b in chunk.AsSpan(0, length))
            {
                if (b != '\n')
                {
                    _line.Add(b);
                    continue;
                }

                messages.Add(Parse(Encoding.ASCII.GetString([.. _line])));
                _line.Clear();
            }
        }

        return messages;
    }

    private SignedMessage Parse(string line) => SignatureLog.TryParse(line, out var vote, out var proposal)
        ? vote is not null ? SignedMessage.Of(vote) : SignedMessage.Of(proposal!)
        : throw new InvalidDataException($"{path}: a line is neither a vote nor a proposal: {line}");
}
