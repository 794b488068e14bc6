using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Grains.Chains;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;
using Orleans.Placement;

namespace Dems.Grains.Grains;

/// <summary>
/// Holds the state of a pool and calls the executor of Core. Its state is a function of the chain: on activation it starts from the newest snapshot, or from genesis,
/// and the head executes what is missing.
/// </summary>
[PreferLocalPlacement]
[Immovable]
public sealed class PoolGrain : Grain, IPoolGrain
{
    private readonly ChainSites _sites;
    private readonly MemberOptions _options;
    private readonly IEntryOpener _opener;
    private ChainSite _site = null!;
    private LedgerState _state = null!;
    private PoolRoots _roots = null!;

    public PoolGrain(ChainSites sites, MemberOptions options, IEntryOpener opener)
    {
        (_sites, _options, _opener) = (sites, options, opener);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _site = ChainKey.TryParse(key, out var chain) && _sites.TryFind(chain, out var site)
            ? site
            : throw new InvalidOperationException($"No chain {key} is kept here.");
        _state = LedgerState.AtGenesis(_options.Genesis, _site.Pool);
        var validators = _options.Genesis.Validators;
        _roots = PoolExecutor.Write(Height.Genesis, MerkleHash.Empty, _state.Root, changed: false, validators, validators);
        return Task.CompletedTask;
    }

    public Task<PoolRoots> ReadRoots() => Task.FromResult(_roots);

    public async Task<PoolRoots> Execute(DecidedBytes block)
    {
        if (block.Decoded is not Block decoded && !BlockCodec.TryDecode(block.Block, out decoded, out var error))
        {
            throw new InvalidOperationException($"A decided block does not decode: {error}.");
        }

        var height = decoded.Header.Height;
        if (height.Value == _roots.Height)
        {
            return _roots;
        }

        if (height.Value != _roots.Height + 1)
        {
            throw new InvalidOperationException($"Block {height} does not follow block {_roots.Height}, the newest executed one.");
        }

        var entries = await BlockReader.OpenAsync(_site, decoded, CancellationToken.None);
        var result = BlockExecutor.Execute(_state, decoded.Header, entries);
        _state = result.State;
        _roots = PoolExecutor.Write(height, result.ResultsRoot, _state.Root, result.Changed, result.Validators, result.NextValidators);
        _site.Publish(ExecutedBlock.Of(height, entries, result.Results));
        foreach (var leaf in decoded.Leaves)
        {
            _site.Cache.Remove(leaf);
        }

        return _roots;
    }

    public async ValueTask<IReadOnlyList<AuthorityVerdict>> Judge(SubmitGroup group)
    {
        var entries = await OpenedGroup.OfAsync(group, _opener);
        var state = _state;
        return [.. entries.Select(entry => entry is null ? AuthorityRules.NotOpened : AuthorityRules.Judge(state, entry))];
    }

    public ValueTask<NodeView?> FindNode(string address) => ValueTask.FromResult(
        NodeAddress.TryParse(address, out var node, out _) && _state.FindNode(node) is { } record ? NodeViews.Of(node, record, _site.Pool) : null);

    public ValueTask<string?> FindMeteringPoint(string id) => ValueTask.FromResult(_state.FindMeteringPoint(id)?.ToString());
}
