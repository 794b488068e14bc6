using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Tests.Ledger.Execution;

namespace Dems.Core.Tests.Ledger.Receipts;

/// <summary>
/// A chain of certified headers over really executed blocks, without consensus: whoever is told to signs. It can hand over to other validators, which no entry does yet.
/// </summary>
internal sealed class ReceiptChain
{
    private readonly TestChain _chain = new();
    private readonly List<LeafHash> _leaves = [];
    private readonly List<(CertifiedHeader Header, IReadOnlyList<OpenedEntry> Entries, ExecutionResult Result)> _blocks = [];
    private readonly List<HandOver> _handOvers = [];
    private IReadOnlyList<KeyedHashSigner> _validators;
    private IReadOnlyList<KeyedHashSigner>? _next;

    public ReceiptChain()
    {
        _validators = _chain.Members;
        Add(_chain.RegisterParty(), _chain.RegisterNode(), _chain.Delegate());
    }

    public Genesis Genesis => _chain.Genesis;

    public TestChain Ledger => _chain;

    public KeyedHashSigner ReceiptKey { get; } = new("receipt key of member 2");

    /// <summary>Height of the newest block.</summary>
    public int Height => _blocks.Count;

    /// <summary>The keys that decide the next block.</summary>
    public IReadOnlyList<KeyedHashSigner> Validators => _validators;

    public OpenedEntry Batch(params long[] quantities) => _chain.Import(_chain.Gateway, Samples.Midnight + 900 * 100 * Height, 0, quantities);

    /// <summary>From the block after the next one on, others decide.</summary>
    public void HandOver(IReadOnlyList<KeyedHashSigner> validators)
    {
        _next = validators;
        Add();
        _handOvers.Add(new HandOver(_blocks[^1].Header, SetOf(validators)));
    }

    /// <summary>Executes a block, has it certified by all but the first validator, and gives its height.</summary>
    public int Add(params OpenedEntry[] entries)
    {
        var (before, results) = (_chain.State.Root, _blocks.Count == 0 ? MerkleHash.Empty : _blocks[^1].Result.ResultsRoot);
        _chain.Execute(entries);
        _leaves.AddRange(entries.Select(entry => entry.Leaf));
        var set = SetOf(_validators);
        var header = Samples.Header with
        {
            Chain = _chain.Chain,
            Height = new Height(Height + 1),
            Round = 0,
            Time = new BlockTime(_chain.Time),
            Proposer = 0,
            Previous = _blocks.Count == 0 ? new BlockHash(Genesis.Hash) : _blocks[^1].Header.Hash,
            TreeSize = _leaves.Count,
            TreeRoot = MerkleTree.Root([.. _leaves.Select(leaf => leaf.Value)]),
            ResultsRoot = results,
            StateRoot = before,
            Validators = set.Hash,
            NextValidators = SetOf(_next ?? _validators).Hash,
        };
        _blocks.Add((Certify(header, _validators, 1), entries, _chain.Last));
        (_validators, _next) = (_next ?? _validators, null);
        return Height;
    }

    /// <summary>The receipt of an entry of a block that another one follows.</summary>
    /// <param name="height">The block.</param>
    /// <param name="place">The entry's place in it.</param>
    /// <param name="readings">Places of single readings to show; all of the entry if absent.</param>
    public Receipt Issue(int height, int place, params int[] readings)
    {
        var (block, entries, result) = _blocks[height - 1];
        var leaves = _leaves.Take((int)block.Header.TreeSize).Select(leaf => leaf.Value).ToArray();
        var inclusion = MerkleTree.ProveInclusion(leaves, leaves.Length - entries.Count + place);
        var entry = entries[place];
        return new Receipt
        {
            HandOvers = [.. _handOvers.Where(handOver => handOver.Block.Header.Height.Value <= height)],
            Block = block,
            Next = _blocks[height].Header,
            Result = result.Results[place],
            ResultProof = result.Tree.Prove(place),
            Statement = InclusionStatement.Sign(inclusion, block.Header.TreeRoot, ReceiptKey),
            Issuer = ReceiptIssuer.Of(Genesis.Hash, ReceiptKey.PublicKey, _chain.Members[2]),
            Subject = readings.Length == 0
                ? new ReceiptSubject.Entry(entry.Bytes)
                : new ReceiptSubject.Readings([.. readings.Select(i => ReadingTree.Prove((ReadingBatch)entry.Body, entry.Salt.Span, i))]),
        };
    }

    /// <summary>A row of a block that another one follows, certified.</summary>
    public CertifiedRow Show(int height, int place) => new(
        [.. _handOvers.Where(handOver => handOver.Block.Header.Height.Value <= height)],
        _blocks[height].Header,
        _blocks[height - 1].Result.Block.Rows[place],
        _blocks[height - 1].Result.Tree.Prove(place));

    /// <summary>A certificate by all signers after the first few.</summary>
    public static CertifiedHeader Certify(BlockHeader header, IReadOnlyList<ISigner> signers, int missing)
    {
        var hash = HeaderCodec.Hash(header);
        var message = SignedBytes.OfVote(header.Chain, header.Height, header.Round, VoteType.Precommit, hash);
        return new CertifiedHeader(header, new CommitCertificate(
            header.Chain, header.Height, header.Round, hash, [.. signers.Select((signer, i) => new CommitSignature(i, signer.Sign(message))).Skip(missing)]));
    }

    public static ValidatorSet SetOf(IEnumerable<ISigner> signers) => new(signers.Select(signer => signer.PublicKey));

    public static IReadOnlyList<KeyedHashSigner> Keys(string name, int count) => [.. Enumerable.Range(0, count).Select(i => new KeyedHashSigner($"{name} {i}"))];
}
