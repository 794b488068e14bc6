using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Replication.Shell;

/// <summary>
/// Executes decided blocks on the ledger's state. Entries come opened from the cache, or from the disk: what is stored was verified before it was stored,
/// so its signature is not checked again. One call at a time.
/// </summary>
public sealed class LedgerExecutor : IExecutor
{
    private readonly IMempoolStore _bodies;
    private readonly IEntryCache _cache;
    private readonly IExecutionObserver _observer;
    private volatile Executed _last;

    /// <summary>Starts from a state: that of genesis, or a verified snapshot.</summary>
    /// <param name="roots">Roots after the block that gave the state.</param>
    public LedgerExecutor(LedgerState state, ExecutedRoots roots, IMempoolStore bodies, IEntryCache cache, IExecutionObserver observer)
    {
        (_bodies, _cache, _observer) = (bodies, cache, observer);
        _last = new Executed(state, roots);
    }

    /// <summary>The newest state: immutable, safe to read from anywhere.</summary>
    public LedgerState State => _last.State;

    /// <summary>Its roots.</summary>
    public ExecutedRoots Roots => _last.Roots;

    /// <summary>An executor at the state before any block.</summary>
    public static LedgerExecutor AtGenesis(Genesis genesis, string pool, IMempoolStore bodies, IEntryCache cache, IExecutionObserver observer)
    {
        var state = LedgerState.AtGenesis(genesis, pool);
        return new LedgerExecutor(state, ExecutedRoots.AtGenesis(state), bodies, cache, observer);
    }

    /// <inheritdoc/>
    public ValueTask<ExecutedRoots> ReadRootsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_last.Roots);

    /// <inheritdoc/>
    public ValueTask<ValidatorSet?> ReadValidatorsAsync(Height height, CancellationToken cancellationToken)
    {
        var (state, roots) = _last;
        return ValueTask.FromResult(height.Value <= roots.Height.Value + 2 ? state.Validators.At(height) : null);
    }

    /// <inheritdoc/>
    public async ValueTask<ExecutedRoots> ExecuteAsync(DecidedBlock block, CancellationToken cancellationToken)
    {
        var (state, roots) = _last;
        if (block.Height == roots.Height)
        {
            return roots;
        }

        if (block.Height != roots.Height.Next)
        {
            throw new InvalidOperationException($"Block {block.Height} cannot be executed on the state of block {roots.Height}.");
        }

        var entries = new List<OpenedEntry>(block.Block.Leaves.Count);
        foreach (var leaf in block.Block.Leaves)
        {
            entries.Add(_cache.TryGet(leaf, out var cached) ? cached : await OpenAsync(leaf, block.Height, cancellationToken));
        }

        var result = BlockExecutor.Execute(state, block.Block.Header, entries);
        var executed = ExecutedRoots.Of(block.Height, result);
        _last = new Executed(result.State, executed);
        _observer.Executed(block, entries, result);
        foreach (var leaf in block.Block.Leaves)
        {
            _cache.Remove(leaf);
        }

        return executed;
    }

    private async ValueTask<OpenedEntry> OpenAsync(LeafHash leaf, Height height, CancellationToken cancellationToken)
    {
        var body = await _bodies.ReadBodyAsync(leaf, cancellationToken)
            ?? throw new DamageException(new Damage("chain", "entry", height, leaf.ToString(), "its body is missing"));
        return EntryCodec.TryDecode(body, out var entry, out var error)
            ? entry
            : throw new DamageException(new Damage("chain", "entry", height, leaf.ToString(), error.ToString()!));
    }

    private sealed record Executed(LedgerState State, ExecutedRoots Roots);
}
