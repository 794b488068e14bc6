using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>The allocation of one interval. The matrix and the explanation are made when they are asked for.</summary>
public sealed class AllocationResult
{
    private readonly AllocationPlan _plan;
    private readonly AllocationOutcome _outcome;
    private IReadOnlyList<Transfer>? _transfers;

    internal AllocationResult(AllocationInput input, AllocationPlan plan, AllocationOutcome outcome)
    {
        (Input, _plan, _outcome) = (input, plan, outcome);
        Nodes = [.. input.Participants.Select(RowOf)];
        Storage = [.. StatesAfter()];
    }

    /// <summary>What was allocated.</summary>
    public AllocationInput Input { get; }

    /// <summary>One row per participant, in their order.</summary>
    public IReadOnlyList<NodeAllocation> Nodes { get; }

    /// <summary>ΣP in Wh.</summary>
    public long Production => _outcome.Production;

    /// <summary>ΣC in Wh.</summary>
    public long Consumption => _outcome.Consumption;

    /// <summary>Σa in Wh.</summary>
    public long Allocated => _outcome.Allocated;

    /// <summary>Σ export in Wh.</summary>
    public long Export => _outcome.Export;

    /// <summary>Σ grid in Wh.</summary>
    public long Grid => Consumption - Allocated;

    /// <summary>What storing lost, in µWh.</summary>
    public Int128 LossMicroWh => _outcome.LossMicroWh;

    /// <summary>What an auction decided; null under other rules.</summary>
    public AuctionOutcome? Auction => _outcome.Auction;

    /// <summary>What the virtual storages hold at the end, ascending by node: those of the input, and those of the policy whose nodes take part.</summary>
    public IReadOnlyList<StorageState> Storage { get; }

    /// <summary>The matrix xⱼᵢ, ascending by producer, then consumer; entries of 0 are left out. Its margins are asserted.</summary>
    public IReadOnlyList<Transfer> Transfers => _transfers ??= AssertMargins(BuildTransfers());

    /// <summary>Each step of the arithmetic, in order: the allocation is computed again, and every step written down.</summary>
    public IReadOnlyList<AllocationStep> Explain() => Allocator.Explain(Input);

    private NodeAllocation RowOf(Participant participant, int place) => new(
        participant.Node,
        participant.Consumption,
        participant.Production,
        _outcome.Given[place] + _outcome.Own[place],
        _outcome.Placed[place] + _outcome.Own[place],
        _outcome.Own[place],
        _outcome.Leftover[place],
        _outcome.Charged[place],
        _outcome.Discharged[place],
        _outcome.Prices.Length > 0 ? _outcome.Prices[place].Buy : null,
        _outcome.Prices.Length > 0 ? _outcome.Prices[place].Sell : null);

    private IEnumerable<StorageState> StatesAfter()
    {
        var states = new SortedDictionary<NodeAddress, long>();
        foreach (var state in Input.Storage)
        {
            states[state.Node] = state.MicroWh;
        }

        var units = Input.Policy.Rule is AllocationRule.VirtualStorage storage ? storage.Units : [];
        foreach (var node in units.Select(unit => unit.Node))
        {
            if (_plan.Find(node) is var place and >= 0)
            {
                states[node] = _outcome.Storage[place];
            }
        }

        return states.Select(state => new StorageState(state.Key, state.Value));
    }

    private List<Transfer> BuildTransfers()
    {
        var addresses = _plan.Addresses;
        var drawn = _outcome.Pairs ?? MatrixFiller.Fill(addresses, Input.Interval, _outcome.Given, _outcome.Placed, Input.Policy.Self == SelfSharing.Forbidden);
        return [.. drawn.Concat(OwnUse()).GroupBy(x => (x.Producer, x.Consumer), x => x.Quantity).OrderBy(g => g.Key)
            .Select(g => new Transfer(addresses[g.Key.Producer], addresses[g.Key.Consumer], g.Sum()))];
    }

    private IEnumerable<(int Producer, int Consumer, long Quantity)> OwnUse() =>
        Nodes.Index().Where(row => row.Item.Own > 0).Select(row => (row.Index, row.Index, row.Item.Own));

    private List<Transfer> AssertMargins(List<Transfer> transfers)
    {
        var received = transfers.ToLookup(t => t.Consumer, t => t.Quantity);
        var supplied = transfers.ToLookup(t => t.Producer, t => t.Quantity);
        foreach (var row in Nodes)
        {
            if (received[row.Node].Sum() != row.Allocated || supplied[row.Node].Sum() != row.Sold)
            {
                throw new AllocationInvariantException($"the matrix does not sum to what {row.Node} received and sold");
            }
        }

        return Input.Policy.Self == SelfSharing.Forbidden && transfers.Exists(t => t.Producer == t.Consumer)
            ? throw new AllocationInvariantException("the matrix gives a node its own production")
            : transfers;
    }
}
