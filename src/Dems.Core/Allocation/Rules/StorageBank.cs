using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Virtual storage, after own use and before sharing. Of a surplus p, charge = min(p, power·t, ⌊(M − s)/ηc⌋), s grows by charge·ηc; of a deficit c,
/// discharge = min(c, power·t, ⌊s·ηd⌋), s falls by ⌈discharge/ηd⌉. What is beyond is shared. With s in µWh and η in 10⁻⁶, charge·ηc is exact; all other roundings
/// are losses, so Δs = charge − discharge − loss with loss ≥ 0.
/// Source: DESIGN §7 rule 8.
/// </summary>
internal sealed class StorageBank
{
    private const long MicroPerWh = 1_000_000;
    private const int SecondsPerHour = 3_600;
    private static readonly Int128 EfficiencyScale = (Int128)MicroPerWh * AllocationBounds.Million;

    private readonly (int Place, StorageUnit Unit)[] _units;

    /// <summary>Takes the units of those who take part.</summary>
    public StorageBank(IEnumerable<StorageUnit> units, NodeTable nodes) =>
        _units = [.. units.Select(unit => (nodes.Find(unit.Node), unit)).Where(u => u.Item1 >= 0)];

    /// <summary>Moves surplus into the storages and deficits out of them; changes demand, offer and the storages' states.</summary>
    public void Run(int duration, Span<long> demand, Span<long> offer, AllocationOutcome outcome, AllocationTrace? trace)
    {
        var loss = Int128.Zero;
        foreach (var (place, unit) in _units)
        {
            var before = outcome.StorageValues[place];
            var throughput = unit.PowerW * duration / SecondsPerHour;
            var (charge, afterCharge) = Charge(unit, before, Math.Min(offer[place], throughput));
            var (discharge, after) = Discharge(unit, afterCharge, Math.Min(demand[place], throughput));
            offer[place] -= charge;
            demand[place] -= discharge;
            outcome.ChargedValues[place] = charge;
            outcome.DischargedValues[place] = discharge;
            outcome.OwnValues[place] += discharge;
            outcome.StorageValues[place] = after;
            var lost = (Int128)before + MicroPerWh * (Int128)(charge - discharge) - after;
            if (lost < 0)
            {
                throw new AllocationInvariantException($"a storage gains energy: {before} µWh, +{charge} −{discharge} Wh, {after} µWh");
            }

            loss += lost;
            trace?.Node(place, "charge = min(surplus, power·t, (M − s)/ηc)", $"power·t {throughput}, M {unit.MaxEnergyWh}, s {before} µWh", charge);
            trace?.Node(place, "discharge = min(deficit, power·t, s·ηd)", $"power·t {throughput}, s after {after} µWh, lost {lost} µWh", discharge);
        }

        outcome.LossMicroWh = loss;
    }

    private static (long Charge, long State) Charge(StorageUnit unit, long state, long surplus)
    {
        // A capacity that a ballot lowered may lie below the state: then nothing goes in.
        var room = Math.Max(0, unit.MaxEnergyWh * MicroPerWh - state);
        var charge = Math.Min(surplus, room / unit.ChargePpm);
        return (charge, state + charge * unit.ChargePpm);
    }

    private static (long Discharge, long State) Discharge(StorageUnit unit, long state, long deficit)
    {
        var deliverable = (long)(Math.BigMul(state, (long)unit.DischargePpm) / EfficiencyScale);
        var discharge = Math.Min(deficit, deliverable);
        return (discharge, state - (long)Whole.Ceiling(discharge * EfficiencyScale, unit.DischargePpm));
    }
}
