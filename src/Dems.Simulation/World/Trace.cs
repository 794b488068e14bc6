using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dems.Simulation.World;

/// <summary>All events in their order, as one SHA-256: two runs of a seed are the same run if their hashes are equal. The last events are kept for people.</summary>
internal sealed class Trace(EventLoop loop, Action<string>? log) : IDisposable
{
    private const int Kept = 400;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _waiting = new byte[4_096];
    private readonly (long Time, int Node, string What, Func<string>? Detail)[] _last = new (long, int, string, Func<string>?)[Kept];
    private int _used;
    private long _count;

    /// <param name="node">Whom it happens to; −1 for the world.</param>
    /// <param name="what">A constant.</param>
    /// <param name="mark">What tells this event from others of its kind.</param>
    /// <param name="detail">For people; not part of the hash.</param>
    public void Add(int node, string what, ulong mark = 0, Func<string>? detail = null)
    {
        var length = 24 + 2 * what.Length;
        if (_used + length > _waiting.Length)
        {
            Flush();
        }

        var bytes = _waiting.AsSpan(_used, length);
        _used += length;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, loop.Now);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], node);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], what.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], mark);
        for (var i = 0; i < what.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(24 + 2 * i)..], what[i]);
        }

        _last[_count++ % Kept] = (loop.Now, node, what, detail);
        log?.Invoke(Describe(_last[(_count - 1) % Kept]));
    }

    public string Hash()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyList<string> Last()
    {
        var lines = new List<string>();
        for (var i = Math.Max(0, _count - Kept); i < _count; i++)
        {
            lines.Add(Describe(_last[i % Kept]));
        }

        return lines;
    }

    private void Flush()
    {
        _hash.AppendData(_waiting, 0, _used);
        _used = 0;
    }

    private static string Describe((long Time, int Node, string What, Func<string>? Detail) e) =>
        $"{e.Time / 1_000,8}.{e.Time % 1_000:000} ms  {(e.Node < 0 ? "world" : $"node {e.Node}")}  {e.What}{(e.Detail is null ? "" : "  " + e.Detail())}";

    public void Dispose() => _hash.Dispose();
}
