using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Contracts.Settlement;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Governance.Trials;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Settlement.OnChain;
using Dems.Grains.Chains;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;
using Dems.Replication.Shell;
using Orleans.Placement;

namespace Dems.Grains.Grains;

/// <summary>Holds the state of a pool. It is a function of the chain: an activation starts from a verified snapshot, or from genesis, and the head executes what is missing.</summary>
[PreferLocalPlacement]
[Immovable]
public sealed class PoolGrain : Grain, IPoolGrain
{
    private readonly ChainSites _sites;
    private readonly MemberOptions _options;
    private readonly IEntryOpener _opener;
    private ChainSite _site = null!;
    private LedgerExecutor _executor = null!;
    private int _blocksSinceSnapshot;
    private long _entriesSinceSnapshot;

    public PoolGrain(ChainSites sites, MemberOptions options, IEntryOpener opener)
    {
        (_sites, _options, _opener) = (sites, options, opener);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _site = ChainKey.TryParse(key, out var chain) && _sites.TryFind(chain, out var site)
            ? site
            : throw new InvalidOperationException($"No chain {key} is kept here.");
        _executor = await StateCheckpoints.LoadAsync(_site, _options.Genesis, cancellationToken);
    }

    public async Task Reload()
    {
        _executor = await StateCheckpoints.LoadAsync(_site, _options.Genesis, CancellationToken.None);
        (_blocksSinceSnapshot, _entriesSinceSnapshot) = (0, 0);
    }

    public Task<PoolRoots> ReadRoots() => Task.FromResult(PoolExecutor.Write(_executor.Roots));

    public async ValueTask<IReadOnlyList<byte[]>?> ReadValidatorsAt(long height) =>
        await _executor.ReadValidatorsAsync(new Height(height), CancellationToken.None) is { } set ? PoolExecutor.KeysOf(set) : null;

    public async Task<PoolRoots> Execute(DecidedBytes block)
    {
        var decided = Decode(block);
        var before = _executor.Roots.Height;
        var roots = await _executor.ExecuteAsync(decided, CancellationToken.None);
        if (roots.Height > before)
        {
            _blocksSinceSnapshot++;
            _entriesSinceSnapshot += decided.Block.Leaves.Count;
        }

        if (StateCheckpoints.IsDue(_executor.State, _blocksSinceSnapshot, _entriesSinceSnapshot, _options.SnapshotPeriod))
        {
            await StateCheckpoints.SaveAsync(_site, _executor, CancellationToken.None);
            (_blocksSinceSnapshot, _entriesSinceSnapshot) = (0, 0);
        }

        return PoolExecutor.Write(roots);
    }

    public async ValueTask<IReadOnlyList<AuthorityVerdict>> Judge(SubmitGroup group)
    {
        var entries = await OpenedGroup.OfAsync(group, _opener);
        var state = _executor.State;
        return [.. entries.Select(entry => entry is null ? AuthorityRules.NotOpened : AuthorityRules.Judge(state, entry))];
    }

    public ValueTask<IReadOnlyList<ValidatorsFrom>> ReadValidators() => ValueTask.FromResult<IReadOnlyList<ValidatorsFrom>>(
        [.. _executor.State.Validators.Sets.Select(entry => new ValidatorsFrom(entry.From.Value, [.. entry.Set.Keys.Select(key => key.Bytes.ToArray())]))]);

    public ValueTask<EvidencePlan?> PlanReport(Offence offence, int skip) => ValueTask.FromResult(
        ReportPlan.Of(
            _executor.State, new Height(offence.Height), offence.Round, (EvidenceKind)offence.Kind, offence.Validator, _options.Validator.PublicKey, skip) is { } plan
            ? new EvidencePlan(plan.Offender.Bytes.ToArray(), plan.Sequence)
            : null);

    public ValueTask<NodeView?> FindNode(string address) => ValueTask.FromResult(
        NodeAddress.TryParse(address, out var node, out _) && _executor.State.FindNode(node) is { } record ? NodeViews.Of(node, record, _site.Pool) : null);

    public ValueTask<string?> FindMeteringPoint(string id) => ValueTask.FromResult(_executor.State.FindMeteringPoint(id)?.ToString());

    public ValueTask<PoolBalance> ReadBalance() => ValueTask.FromResult(PoolBalances.Of(_executor.State.Allocation));

    public ValueTask<PoolView> ReadPool() => ValueTask.FromResult(PoolViews.Of(_site.Pool, _executor.State.Allocation));

    public ValueTask<IReadOnlyList<NodeView>> ListNodes(int place, int limit) => ValueTask.FromResult(PoolViews.Nodes(_site.Pool, _executor.State, place, limit));

    public ValueTask<IReadOnlyList<IntervalView>> ListIntervals(int carrier, long from, long to, int limit) =>
        ValueTask.FromResult(PoolViews.Intervals(_executor.State.Allocation, (Carrier)carrier, from, to, limit));

    public ValueTask<IntervalView?> FindInterval(int carrier, long start) =>
        ValueTask.FromResult(PoolViews.Interval(_executor.State.Allocation, (Carrier)carrier, start));

    public async ValueTask<IReadOnlyList<MissingView>> ListMissing(int carrier, int days)
    {
        var state = _executor.State;
        var list = new ChaseList(state, (Carrier)carrier);
        foreach (var day in state.Allocation.DaysOf((Carrier)carrier).TakeLast(days))
        {
            list.Add(day);
            await Task.Yield();
        }

        return [.. list.Items.Select(item => PoolViews.Of(state, item))];
    }

    public ValueTask<PoolStateBytes> ProveState()
    {
        var state = _executor.State;
        return ValueTask.FromResult(new PoolStateBytes(state.Root.ToArray(), ProvenStateCodec.Encode(StateReading.Of(state.Map).Prove())));
    }

    public ValueTask<GovernanceView> ReadGovernance() => ValueTask.FromResult(BallotViews.Of(_executor.State));

    public ValueTask<IReadOnlyList<BallotView>> ListBallots(long below, int limit) =>
        ValueTask.FromResult<IReadOnlyList<BallotView>>([.. _executor.State.Governance.NewestFirst(below).Take(limit).Select(BallotViews.Of)]);

    public ValueTask<BallotView?> FindBallot(string ballot) => ValueTask.FromResult(
        Hash32.TryParse(ballot, out var id) && _executor.State.Governance.Find(new ContentId(id)) is { } found ? BallotViews.Of(found) : null);

    public ValueTask<ElectorView?> FindElector(string ballot, string elector) => ValueTask.FromResult(
        Hash32.TryParse(ballot, out var id) && NodeAddress.TryParse(elector, out var address, out _)
            && _executor.State.Governance.FindElector(new ContentId(id), address) is var (weight, choice)
            ? new ElectorView(elector, weight, choice?.ToString())
            : null);

    public async ValueTask<TrialAnswer> TryRule(int carrier, byte[] policy, int days)
    {
        if (!PolicyCodec.TryDecode(policy, out var proposed, out var error) || !RuleTrial.TryStart(_executor.State, (Carrier)carrier, proposed, days, out var trial, out error))
        {
            return new TrialAnswer(Trial: null, error);
        }

        foreach (var day in trial.Days)
        {
            trial.Replay(day);
            await Task.Yield();
        }

        return new TrialAnswer(TrialViews.Of(trial.Result(), trial.Days.Count), Refusal: null);
    }

    private static DecidedBlock Decode(DecidedBytes bytes)
    {
        if (bytes.Decoded is DecidedBlock decoded)
        {
            return decoded;
        }

        return BlockCodec.TryDecode(bytes.Block, out var block, out var hash, out var error) & CertificateCodec.TryDecode(bytes.Certificate, out var certificate, out var certificateError)
            ? new DecidedBlock(block, hash, certificate)
            : throw new InvalidOperationException($"A decided block does not decode: {error}{certificateError}.");
    }
}
