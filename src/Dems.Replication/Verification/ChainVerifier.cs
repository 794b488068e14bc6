using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Replication.Verification;

/// <summary>
/// Re-checks one member's chain from genesis, trusting nothing but the genesis document: each block continues the one before, its certificate holds q signatures of
/// the validators that the state names, each entry's bytes are the leaf's and its signature holds, executing them gives the roots that the next header commits to.
/// Then the store looks at what is not on that path: tiles, indexes, the safety row, files.
/// </summary>
public sealed class ChainVerifier(Genesis genesis, string pool, ISignatureVerifier verifier, IEntryOpener opener)
{
    private readonly ChainId _chain = genesis.ChainOf(pool);

    /// <summary>Checks everything; stops at the first damage of the chain itself.</summary>
    /// <param name="progress">Told each height that holds; may be null.</param>
    public async Task<ChainVerification> VerifyAsync(IChainStore store, Action<Height>? progress, CancellationToken cancellationToken)
    {
        var walk = new Walk(LedgerState.AtGenesis(genesis, pool), ParentOfFirst());
        var damage = await WalkAsync(store, walk, progress, cancellationToken);
        if (damage is null && await store.ScanAsync(cancellationToken) is [var first, ..])
        {
            damage = first;
        }

        return new ChainVerification(walk.Parent.Height, walk.Parent.Hash, walk.Parent.Frontier.Size, walk.Readings, walk.State.Root, damage);
    }

    private async Task<Damage?> WalkAsync(IChainStore store, Walk walk, Action<Height>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var head = (await store.ReadHeadAsync(cancellationToken))?.Height ?? Height.Genesis;
            while (walk.Parent.Height < head)
            {
                var height = walk.Parent.Height.Next;
                if (await store.ReadBlockAsync(height, cancellationToken) is not { } block)
                {
                    return Broken(height, "block", height.ToString(), "is missing");
                }

                if (Refusal(block, walk.Parent) is { } refusal)
                {
                    return Broken(height, refusal.What, height.ToString(), refusal.Reason);
                }

                var (entries, damage) = await OpenAsync(store, block, cancellationToken);
                if (damage is not null)
                {
                    return damage;
                }

                walk.Advance(block, entries);
                progress?.Invoke(height);
            }

            return null;
        }
        catch (DamageException e)
        {
            return e.Damage;
        }
    }

    private (string What, string Reason)? Refusal(DecidedBlock block, ParentContext parent)
    {
        if (parent.ProtocolVersion > ProtocolRecord.NewestKnown)
        {
            return ("block", $"is of protocol version {parent.ProtocolVersion}; this software knows versions up to {ProtocolRecord.NewestKnown}");
        }

        if (HeaderRules.Refusal(block.Block.Header, parent, block.Block.Leaves) is { } reason)
        {
            return ("block", reason);
        }

        if (block.Certificate.Block != block.Hash)
        {
            return ("certificate", $"is for block {block.Certificate.Block}, not {block.Hash}");
        }

        return CertificateRules.TryVerify(block.Certificate, _chain, block.Height, parent.Validators, verifier, out var error)
            ? null
            : ("certificate", error);
    }

    private async Task<(IReadOnlyList<OpenedEntry> Entries, Damage? Damage)> OpenAsync(
        IChainStore store, DecidedBlock block, CancellationToken cancellationToken)
    {
        var stored = await store.ReadEntriesAsync(block.FirstIndex, block.Block.Leaves.Count, cancellationToken);
        var opened = await opener.OpenAsync([.. stored.Select(e => e.Bytes)], cancellationToken);
        var entries = new List<OpenedEntry>(opened.Count);
        for (var i = 0; i < block.Block.Leaves.Count; i++)
        {
            var place = $"{block.FirstIndex + i}";
            if (i >= stored.Count)
            {
                return ([], Broken(block.Height, "entry", place, "is missing"));
            }

            if (opened[i] is not { } entry)
            {
                return ([], Broken(block.Height, "entry", place, "does not open: its encoding or signature is wrong"));
            }

            if (entry.Leaf != block.Block.Leaves[i])
            {
                return ([], Broken(block.Height, "entry", place, $"has leaf hash {entry.Leaf}, the block names {block.Block.Leaves[i]}"));
            }

            entries.Add(entry);
        }

        return (entries, null);
    }

    private ParentContext ParentOfFirst()
    {
        var state = LedgerState.AtGenesis(genesis, pool);
        return new ParentContext(
            _chain,
            state.Protocol.Version,
            Height.Genesis,
            new BlockHash(genesis.Hash),
            genesis.CreatedAt,
            MerkleFrontier.Empty,
            MerkleHash.Empty,
            state.Root,
            state.Validators.At(new Height(1)),
            state.Validators.At(new Height(2)));
    }

    private static Damage Broken(Height height, string what, string place, string reason) => new("chain", what, height, place, reason);

    /// <summary>The chain as far as it was checked.</summary>
    private sealed class Walk(LedgerState state, ParentContext parent)
    {
        public LedgerState State { get; private set; } = state;

        public ParentContext Parent { get; private set; } = parent;

        public long Readings { get; private set; }

        public void Advance(DecidedBlock block, IReadOnlyList<OpenedEntry> entries)
        {
            var result = BlockExecutor.Execute(State, block.Block.Header, entries);
            State = result.State;
            Readings += entries.Sum(e => e.Body is ReadingBatch batch ? batch.Count : 0L);
            Parent = Parent with
            {
                ProtocolVersion = State.Protocol.Version,
                Height = block.Height,
                Hash = block.Hash,
                Time = block.Block.Header.Time,
                Frontier = result.State.Frontier,
                ResultsRoot = result.ResultsRoot,
                StateRoot = result.State.Root,
                Validators = result.Validators,
                NextValidators = result.NextValidators,
            };
        }
    }
}
