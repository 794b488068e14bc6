using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// A leaf of a block's results tree. Rows of entries (<see cref="EntryResult"/>) come first, one per entry; rows of what became due follow. An entry's row is an array
/// that starts with an integer, every other kind one that starts with its own domain tag, so that no row can be read as one of another kind.
/// </summary>
public abstract record ResultRow
{
    // Small enough to stay off the large-object heap.
    private const int BufferSize = 64 * 1_024;

    private protected ResultRow()
    {
    }

    /// <summary>Canonical bytes, as the tree holds them after the salt.</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter();
        Write(writer);
        return writer.Encode();
    }

    /// <summary>Canonical bytes of many rows: a block can have hundreds of thousands, so they share a writer and its buffers.</summary>
    internal static ReadOnlyMemory<byte>[] EncodeAll(IReadOnlyList<ResultRow> first, IReadOnlyList<ResultRow> further)
    {
        var encoded = new ReadOnlyMemory<byte>[first.Count + further.Count];
        var writer = Canonical.NewWriter();
        var buffer = Memory<byte>.Empty;
        for (var i = 0; i < encoded.Length; i++)
        {
            writer.Reset();
            (i < first.Count ? first[i] : further[i - first.Count]).Write(writer);
            var length = writer.BytesWritten;
            if (buffer.Length < length)
            {
                buffer = new byte[Math.Max(BufferSize, length)];
            }

            writer.Encode(buffer.Span);
            encoded[i] = buffer[..length];
            buffer = buffer[length..];
        }

        return encoded;
    }

    /// <summary>Writes the row as one canonical value.</summary>
    private protected abstract void Write(CborWriter writer);
}
