using System.Text.Json;
using Dems.Contracts.Grains;
using Dems.Contracts.Settlement;
using Dems.Core;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Allocation.Presets;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Tariffs;
using Dems.Grains.Chains;
using Dems.Grains.Hosting;
using Dems.Grains.Receipts;
using Dems.Replication.Ports;

namespace Dems.Grains.Settlement;

/// <summary>Answers from the rows that a member keeps of its chains and from the newest state. All arithmetic is Core's; here it is only fetched for.</summary>
public sealed class SettlementDesk(MemberOptions options, ChainSites sites, IGrainFactory grains, ILocalTimes times, IntervalBlocks intervals) : ISettlementDesk
{
    private const long LongestInterval = 86_400;

    /// <inheritdoc/>
    public async Task<DeskAnswer<SettlementView>> SettleAsync(string pool, BillingPeriod period, CancellationToken cancellationToken)
    {
        var asked = await OpenAsync<SettlementView>(pool, (known, time, records) => SpanOfAll(known, time, records, period), cancellationToken);
        if (asked.Scene is not { } scene)
        {
            return asked.Failed!;
        }

        return TryClose(scene, period, out var closing, out var approved, out var error)
            ? DeskAnswer<SettlementView>.Of(SettlementViews.Of(pool, closing, approved))
            : DeskAnswer<SettlementView>.None(DeskStanding.Refused, error);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<StatementAnswer>> StatementAsync(string pool, BillingPeriod period, NodeAddress party, CancellationToken cancellationToken)
    {
        var asked = await OpenAsync<StatementAnswer>(pool, (known, time, records) => SpanOfAll(known, time, records, period), cancellationToken);
        if (asked.Scene is not { } scene)
        {
            return asked.Failed!;
        }

        if (!TryClose(scene, period, out var closing, out var approved, out var error))
        {
            return DeskAnswer<StatementAnswer>.None(DeskStanding.Refused, error);
        }

        var place = closing.Settlement.Statements.ToList().FindIndex(statement => statement.Party == party);
        if (place < 0)
        {
            return DeskAnswer<StatementAnswer>.None(DeskStanding.NotFound, $"Party {party} has no statement for {period}: it held no node with a tariff then.");
        }

        var matches = approved is not null && approved.Statements == closing.Root;
        var head = await ReadAsync(scene, scene.Newest.Next, cancellationToken);
        if (head.Header.StateRoot != scene.StateRoot)
        {
            return DeskAnswer<StatementAnswer>.None(DeskStanding.NotYet, "The block that certifies the newest state is not here yet. Ask again.");
        }

        var proof = new StatementProof
        {
            Statement = closing.Settlement.Statements[place],
            AsOf = closing.AsOf,
            HandOvers = await HandOverTrail.ReadAsync(scene.Site, grains, scene.Newest.Next, member: null, cancellationToken),
            Head = head,
            State = scene.State,
            Blocks = await ProveBlocksAsync(scene, PoolScene.SpanOf(scene.Pool, scene.Time, period), closing.AsOf, cancellationToken),
            Closing = matches ? closing.Prove(place) : null,
        };
        return DeskAnswer<StatementAnswer>.Of(new StatementAnswer(SettlementViews.Of(proof.Statement, closing.AsOf, matches ? approved : null), StatementProofCodec.Encode(proof)));
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<WhyView>> ExplainAsync(string pool, NodeAddress node, long second, CancellationToken cancellationToken)
    {
        var span = new UtcSpan(Math.Max(0, second - LongestInterval), second + 1);
        var asked = await OpenAsync<WhyView>(pool, (_, _, _) => span, cancellationToken);
        if (asked.Scene is not { } scene)
        {
            return asked.Failed!;
        }

        var record = scene.Records.Nodes.FirstOrDefault(known => known.Key == node).Value;
        if (record is null)
        {
            return DeskAnswer<WhyView>.None(DeskStanding.NotFound, $"Pool '{pool}' has no node {node}.");
        }

        var version = scene.History().In(record.Carrier, span, scene.Newest).LastOrDefault(known => known.Row.Start <= second && second < known.Row.Start + known.Row.Duration);
        if (version is null)
        {
            return DeskAnswer<WhyView>.None(DeskStanding.NotFound, $"No interval that holds {DateTimeOffset.FromUnixTimeSeconds(second):yyyy-MM-ddTHH:mm:ssZ} was allocated for {record.Carrier} in pool '{pool}' yet.");
        }

        return RepeatedAllocation.TryRepeat(scene.Records, version, out var result, out var error) && HistoryRows.TryMake(scene.Records, version, out var rows, out error)
            ? DeskAnswer<WhyView>.Of(WhyViews.Of(scene.Records, node, record, version, result, rows.FirstOrDefault(row => row.Node == node)?.Energy ?? default))
            : DeskAnswer<WhyView>.None(DeskStanding.Refused, error);
    }

    /// <inheritdoc/>
    public async Task<DeskAnswer<WhatIfView>> ReplayAsync(string pool, BillingPeriod period, WhatIfRequest request, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Carrier>((request.Carrier ?? nameof(Carrier.Electricity)).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var carrier) || !Enum.IsDefined(carrier))
        {
            return DeskAnswer<WhatIfView>.None(DeskStanding.Refused, $"carrier: '{request.Carrier}' is none");
        }

        var asked = await OpenAsync<WhatIfView>(pool, (known, time, _) => PoolScene.SpanOf(known, time, period), cancellationToken);
        if (asked.Scene is not { } scene)
        {
            return asked.Failed!;
        }

        return TryPolicy(scene, request, carrier, out var policy, out var error)
            && TryTariff(request.Tariff, out var tariff, out error)
            && WhatIf.TryRun(scene.Records, scene.History(), scene.Time, period, carrier, policy, tariff, out var outcome, out error)
            ? DeskAnswer<WhatIfView>.Of(WhatIfViews.Of(pool, period, scene.Newest, outcome))
            : DeskAnswer<WhatIfView>.None(DeskStanding.Refused, error);
    }

    private static bool TryPolicy(PoolScene scene, WhatIfRequest request, Carrier carrier, out AllocationPolicy? policy, out string error)
    {
        (policy, error) = (null, "");
        if (request.Policy is { } json)
        {
            var isRead = PolicyJson.TryRead(json.GetRawText(), out var read, out error);
            policy = read;
            return isRead;
        }

        if (request.Preset is { } name)
        {
            if (AllocationPresets.Find(name) is not { } preset)
            {
                error = $"preset: there is none called '{name}'";
                return false;
            }

            var nodes = scene.Records.Nodes.Where(node => node.Value.Carrier == carrier).Select(node => node.Key).Order().ToList();
            policy = preset.For(nodes);

            // A preset names a way of sharing; what the pool's meters count stays.
            policy = policy with { Basis = scene.Records.PoliciesOf(carrier)?.Periods[^1].Policy.Basis ?? policy.Basis };
        }

        return true;
    }

    private static bool TryTariff(JsonElement? json, out Tariff? tariff, out string error)
    {
        (tariff, error) = (null, "");
        if (json is not { } element)
        {
            return true;
        }

        var isRead = TariffJson.TryRead(element.GetRawText(), out var read, out error);
        tariff = read;
        return isRead;
    }

    // A closed period is settled as of its closing, with all closings before it: they number its notes.
    private static bool TryClose(PoolScene scene, BillingPeriod period, out PeriodClosing closing, out Core.Governance.ApprovedSettlement? approved, out string error)
    {
        closing = null!;
        approved = scene.Records.Closed.FirstOrDefault(closed => closed.Period == period);
        var settlement = new SettlementHistory(scene.Records, scene.History(), scene.Time);
        var closed = scene.Records.Closed.Select(known => (known.Period, known.AsOf)).ToList();
        if (approved is null && scene.Records.Closed.Count > 0 && scene.Records.Closed[^1].Period.End != period.First)
        {
            // Not the next one to close: a preview without notes.
            closed.Clear();
        }

        if (approved is null)
        {
            closed.Add((period, scene.Newest));
        }

        if (!settlement.TryClose(closed, out var closings, out error))
        {
            return false;
        }

        closing = closings.First(known => known.Period == period);
        return true;
    }

    private static UtcSpan SpanOfAll(GenesisPool pool, LocalTimeRules time, PoolRecords records, BillingPeriod period)
    {
        var spans = records.Closed.Select(closed => closed.Period).Append(period).Select(known => PoolScene.SpanOf(pool, time, known)).ToList();
        return new UtcSpan(spans.Min(span => span.Start), spans.Max(span => span.End));
    }

    private static async Task<CertifiedHeader> ReadAsync(PoolScene scene, Height height, CancellationToken cancellationToken) =>
        await scene.Site.Store.Chain.ReadBlockAsync(height, cancellationToken) is { } block
            ? HandOverTrail.Certified(block)
            : throw new DamageException(new Damage(scene.Site.Store.Files.Database, "block", height, "row", "is missing"));

    private static async Task<IReadOnlyList<ProvenResults>> ProveBlocksAsync(PoolScene scene, UtcSpan span, Height asOf, CancellationToken cancellationToken)
    {
        var blocks = new List<ProvenResults>();
        foreach (var block in scene.Blocks.Where(block => block.Height <= asOf && PoolHistory.Concerns(block.Results, span)))
        {
            var next = await ReadAsync(scene, block.Height.Next, cancellationToken);
            blocks.Add(block.Results.Tree.Root == next.Header.ResultsRoot
                ? new ProvenResults(block.Results, next)
                : throw new StorageException($"The results of block {block.Height} in the query tables are not those that block {next.Header.Height} commits to. Delete the tables; they are built again from the chain."));
        }

        return blocks;
    }

    private async Task<(PoolScene? Scene, DeskAnswer<T>? Failed)> OpenAsync<T>(
        string name, Func<GenesisPool, LocalTimeRules, PoolRecords, UtcSpan> spanOf, CancellationToken cancellationToken)
        where T : class
    {
        if (sites.OfPool(name) is not { } site || options.Genesis.PoolOf(site.Chain) is not { } pool)
        {
            return (null, DeskAnswer<T>.None(DeskStanding.NotFound, $"There is no pool '{name}'."));
        }

        if (!times.TryFind(pool.TimeZone, out var time, out var error))
        {
            return (null, DeskAnswer<T>.None(DeskStanding.Refused, error));
        }

        // The state first: it may only be older than the blocks, not newer than what certifies them.
        var newest = new Height(Math.Max(0, site.CommittedHeight - 1));
        var bytes = await grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain)).ProveState().AsTask().WaitAsync(cancellationToken);
        if (!ProvenStateCodec.TryDecode(bytes.Keys, out var state, out error) || !PoolRecords.TryRead(state, out var records, out error))
        {
            throw new StorageException($"The state of pool '{name}' is damaged: {error}.");
        }

        return await intervals.InAsync(site, spanOf(pool, time, records), newest, cancellationToken) is { } blocks
            ? (new PoolScene(site, pool, time, records, state, new Hash32(bytes.Root), newest, blocks), null)
            : (null, DeskAnswer<T>.None(DeskStanding.NotYet, "The query tables are being built. Ask again."));
    }
}
