using Dems.Contracts.Settlement;
using Dems.Core;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;

namespace Dems.Grains.Settlement;

/// <summary>Explanations as the API shows them: the pool's steps and one node's, not those of the others.</summary>
internal static class WhyViews
{
    public static WhyView Of(PoolRecords pool, NodeAddress node, NodeRecord record, IntervalVersion version, AllocationResult result, in EnergyTotals energy)
    {
        var row = version.Row;
        var period = pool.PoliciesOf(row.Carrier)!.At(row.Start);
        var own = version.Nodes.FirstOrDefault(known => known.Node == node);
        return new WhyView(
            node.ToString(),
            record.MeteringPoint,
            EnumWords.Of(row.Carrier),
            DateTimeOffset.FromUnixTimeSeconds(row.Start),
            row.Duration,
            row.Revision,
            own.Reference == Hash32.Zero ? version.Height.Value : own.Height.Value,
            own.Reference == Hash32.Zero ? null : own.Reference.ToString(),
            row.IsProvisional,
            row.Missing,
            DateTimeOffset.FromUnixTimeSeconds(period.From),
            PolicyJson.Write(period.Policy),
            [.. result.Input.Participants.Select(participant => new WhyInputView(participant.Node.ToString(), participant.Consumption, participant.Production))],
            [
                .. result.Explain().Where(step => step.Node.IsNone || step.Node == node)
                    .Select(step => new WhyStepView(step.Node.IsNone ? null : step.Node.ToString(), step.Formula, step.Numbers, step.Value)),
            ],
            [
                .. result.Transfers.Where(transfer => transfer.Producer == node || transfer.Consumer == node)
                    .Select(transfer => new WhyTransferView(transfer.Producer.ToString(), transfer.Consumer.ToString(), transfer.Quantity)),
            ],
            EnergyView.Of(energy));
    }
}
