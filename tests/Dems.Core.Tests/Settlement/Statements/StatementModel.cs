using System.Numerics;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Tests.Settlement.Statements;

/// <summary>
/// Settlement told the slow way: big integers, one watt-hour at a time, local time by walking through the hours of the year. Shares no arithmetic with the
/// builder; the records of the tariff and of the rows are its only common ground.
/// </summary>
internal static class StatementModel
{
    // The hours (UTC) in which Central European Summer Time begins and ends.
    private static readonly (long Begin, long End)[] Summers =
        [(Given.Utc("2025-03-30T01:00"), Given.Utc("2025-10-26T01:00")), (Given.Utc("2026-03-29T01:00"), Given.Utc("2026-10-25T01:00")), (Given.Utc("2027-03-28T01:00"), Given.Utc("2027-10-31T01:00"))];

    public static DateTime Wall(long second) =>
        DateTime.UnixEpoch.AddSeconds(second + (Summers.Any(summer => second >= summer.Begin && second < summer.End) ? 7200 : 3600));

    /// <summary>First second at which the wall shows midnight of a date (Central Europe never changes clocks at midnight).</summary>
    public static long Midnight(DateOnly date)
    {
        var second = new DateTimeOffset(date.ToDateTime(default), TimeSpan.Zero).ToUnixTimeSeconds() - 3 * 3600;
        while (Wall(second) < date.ToDateTime(default))
        {
            second += 900;
        }

        return second;
    }

    /// <summary>What each party owes on each line: (party, node, tariff version, line) → 10⁻⁹ of the currency, signed.</summary>
    public static SortedDictionary<string, BigInteger> Lines(SettlementInput input)
    {
        var amounts = new SortedDictionary<string, BigInteger>(StringComparer.Ordinal);
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        var (from, until) = (Midnight(input.Period.First), Midnight(input.Period.End));
        foreach (var contract in input.Contracts)
        {
            foreach (var (start, end, tariff) in Pieces(input, long.Max(from, contract.From), long.Min(until, contract.Until)))
            {
                foreach (var line in tariff.Lines.Where(line => line.Carrier == contract.Carrier && (line.Group == "" || line.Group == contract.Group)))
                {
                    var key = Key(contract, start, tariff, line);
                    amounts.TryAdd(key, 0);
                    if (line.Price is LinePrice.PerPeriod fee)
                    {
                        // ⌊F·b/T⌋ − ⌊F·a/T⌋ with seconds from the start of the period.
                        BigInteger whole = (BigInteger)fee.Micro * 1_000;
                        amounts[key] += whole * (end - from) / (until - from) - whole * (start - from) / (until - from);
                    }
                }
            }
        }

        foreach (var row in input.Rows)
        {
            var contract = input.Contracts.Single(c => c.Node == row.Node && c.Carrier == row.Carrier && c.From <= row.Start && row.Start < c.Until);
            var (start, _, tariff) = Pieces(input, long.Max(from, contract.From), long.Min(until, contract.Until)).Single(piece => piece.Start <= row.Start && row.Start < piece.End);
            foreach (var line in tariff.Lines.Where(line => line.Carrier == contract.Carrier && (line.Group == "" || line.Group == contract.Group)))
            {
                var key = Key(contract, start, tariff, line);
                var sign = line.Kind == LineKind.FeedIn || (line.Kind == LineKind.InternalPrice && line.Basis == LineBasis.SharedOut) ? -1 : 1;
                switch (line.Price)
                {
                    case LinePrice.ByAllocation:
                        amounts[key] += sign * (BigInteger)(line.Basis == LineBasis.SharedIn ? row.Energy.SharedInValue : row.Energy.SharedOutValue).Nano;
                        break;
                    case LinePrice.PerEnergy energy:
                        var band = energy.Bands.Single(candidate => candidate.Windows.Any(window => IsIn(window, Wall(row.Start))));
                        for (var i = 0L; i < Quantity(row.Energy, line.Basis); i++)
                        {
                            var count = counters[$"{key} {band.Name}"] = counters.GetValueOrDefault($"{key} {band.Name}") + 1;
                            amounts[key] += sign * band.Tiers.First(tier => count <= tier.UpToWh).Price;
                        }

                        break;
                }
            }
        }

        return amounts;
    }

    /// <summary>Nearest whole number of units, half away from zero.</summary>
    public static BigInteger Round(BigInteger value, BigInteger unit) => (2 * BigInteger.Abs(value) + unit) / (2 * unit) * value.Sign;

    public static string Key(NodeContract contract, long start, Tariff tariff, TariffLine line) => $"{contract.Party} {contract.Node} {start} v{tariff.Version} {line.Name}";

    private static bool IsIn(TimeWindow window, DateTime wall)
    {
        var day = wall.DayOfWeek == DayOfWeek.Sunday ? 6 : (int)wall.DayOfWeek - 1;
        var minute = wall.Hour * 60 + wall.Minute;
        return (window.Months & 1 << (wall.Month - 1)) != 0 && (window.Days & 1 << day) != 0 && minute >= window.FromMinute && minute < window.ToMinute;
    }

    private static long Quantity(EnergyTotals energy, LineBasis basis) => basis switch
    {
        LineBasis.OwnUse => energy.OwnUse,
        LineBasis.SharedIn => energy.SharedIn,
        LineBasis.SharedOut => energy.SharedOut,
        LineBasis.GridIn => energy.GridIn,
        _ => energy.GridOut,
    };

    private static IEnumerable<(long Start, long End, Tariff Tariff)> Pieces(SettlementInput input, long from, long until)
    {
        var versions = input.Tariffs.Versions;
        for (var i = 0; i < versions.Count; i++)
        {
            var (start, end) = (long.Max(from, versions[i].From), i + 1 < versions.Count ? long.Min(until, versions[i + 1].From) : until);
            if (start < end)
            {
                yield return (start, end, versions[i].Tariff);
            }
        }
    }
}
