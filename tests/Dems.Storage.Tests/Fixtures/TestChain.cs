using System.Buffers.Binary;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Fixtures;

/// <summary>Makes entries and the blocks over them: right roots, links and hashes; signatures of a keyed hash, since a store checks none.</summary>
internal sealed class TestChain(int seed = 1)
{
    private readonly Random _random = new(seed);
    private readonly List<DecidedBlock> _blocks = [];
    private readonly List<PooledEntry> _entries = [];
    private MerkleFrontier _frontier = MerkleFrontier.Empty;
    private long _sequence;

    public static ChainId Id { get; } = new(Hash32.Of("chain under test"u8));

    public IReadOnlyList<DecidedBlock> Blocks => _blocks;

    /// <summary>All ordered entries in chain order.</summary>
    public IReadOnlyList<PooledEntry> Entries => _entries;

    public static PooledEntry Entry(byte[] bytes, string signer, long sequence, string? content = null, long receivedAt = 1_000) => new(
        new LeafHash(MerkleHash.Leaf(bytes)),
        new ContentId(content is null ? Hash32.Of(bytes) : Hash32.Of(System.Text.Encoding.UTF8.GetBytes(content))),
        Hash32.Of(System.Text.Encoding.UTF8.GetBytes(signer)), sequence, bytes, new BlockTime(receivedAt));

    public PooledEntry NewEntry(int size = 250, long receivedAt = 1_000)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        _sequence++;
        BinaryPrimitives.WriteInt64BigEndian(bytes, _sequence);
        return Entry(bytes, $"device {_sequence % 7}", _sequence, receivedAt: receivedAt);
    }

    public PooledEntry[] NewEntries(int count, int size = 250) => [.. Enumerable.Range(0, count).Select(_ => NewEntry(size))];

    /// <summary>The next block over some entries; its bodies are not stored anywhere yet.</summary>
    public DecidedBlock Decide(params IReadOnlyList<PooledEntry> entries)
    {
        var block = Propose(entries);
        _frontier = _frontier.AppendAll(entries.Select(entry => entry.Leaf.Value));
        _entries.AddRange(entries);
        _blocks.Add(block);
        return block;
    }

    /// <summary>A block that could be the next one, without making it so.</summary>
    public DecidedBlock Propose(params IReadOnlyList<PooledEntry> entries)
    {
        var grown = _frontier.AppendAll(entries.Select(entry => entry.Leaf.Value));
        var height = new Height(_blocks.Count + 1);
        var header = new BlockHeader
        {
            ProtocolVersion = 1,
            Chain = Id,
            Height = height,
            Round = 0,
            Time = new BlockTime(1_000 * height.Value),
            Proposer = 0,
            Previous = _blocks.Count == 0 ? default : _blocks[^1].Hash,
            TreeSize = grown.Size,
            TreeRoot = grown.Root,
            ResultsRoot = Hash32.Of("results"u8),
            StateRoot = Hash32.Of("state"u8),
            Validators = Hash32.Of("validators"u8),
            NextValidators = Hash32.Of("validators"u8),
        };
        var hash = HeaderCodec.Hash(header);
        var signatures = Enumerable.Range(0, 3).Select(validator => new CommitSignature(validator, Signature(hash, validator))).ToArray();
        var leaves = entries.Select(entry => entry.Leaf).ToArray();
        return new DecidedBlock(new Block(header, leaves), hash, new CommitCertificate(Id, height, 0, hash, signatures));
    }

    private static byte[] Signature(BlockHash hash, int validator)
    {
        var first = Hash32.Of([.. hash.Value.ToArray(), (byte)validator]);
        var signature = new byte[Es256.SignatureSize];
        first.CopyTo(signature);
        Hash32.Of(first.ToArray()).CopyTo(signature.AsSpan(Hash32.Size));
        Es256.MakeLowS(signature);
        return signature;
    }
}
