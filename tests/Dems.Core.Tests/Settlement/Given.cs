using System.Globalization;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using Xunit;

namespace Dems.Core.Tests.Settlement;

/// <summary>Small worlds to settle.</summary>
internal static class Given
{
    public static ChainId Chain { get; } = new(Samples.HashOf("settled chain"));

    /// <summary>Central European time of 2025 to 2027, written out by hand.</summary>
    public static LocalTimeRules Vienna { get; } = Zone(
        "Europe/Vienna",
        (Utc("2024-01-01T00:00"), 3600),
        (Utc("2024-03-31T01:00"), 7200),
        (Utc("2024-10-27T01:00"), 3600),
        (Utc("2025-03-30T01:00"), 7200),
        (Utc("2025-10-26T01:00"), 3600),
        (Utc("2026-03-29T01:00"), 7200),
        (Utc("2026-10-25T01:00"), 3600),
        (Utc("2027-03-28T01:00"), 7200),
        (Utc("2027-10-31T01:00"), 3600));

    public static LocalTimeRules Utc0 { get; } = Zone("Etc/UTC", (Utc("2020-01-01T00:00"), 0));

    public static NodeAddress Address(string name) => new(Samples.HashOf(name).ToArray().AsSpan(0, NodeAddress.Size));

    public static long Utc(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();

    public static LocalTimeRules Zone(string name, params (long At, int Offset)[] changes)
    {
        Assert.True(LocalTimeRules.TryCreate(name, [.. changes.Select(change => new OffsetChange(change.At, change.Offset))], Utc("2028-01-01T00:00"), out var rules, out var error), error);
        return rules;
    }

    public static TariffHistory History(params (long From, Tariff Tariff)[] versions)
    {
        Assert.True(TariffHistory.TryCreate([.. versions.Select(version => new TariffVersion(version.From, version.Tariff))], out var history, out var error), error);
        return history;
    }

    public static Tariff Tariff(params TariffLine[] lines) => new(1, Currency.Euro, "rounding", lines);

    public static TariffLine Internal(long price, LineBasis basis = LineBasis.SharedIn, int vat = 0, string name = "internal") =>
        new(name, LineKind.InternalPrice, basis, Carrier.Electricity, "", Payee.Community, vat, LinePrice.Flat(price));

    public static NodeContract Contract(string node, string party, long from = 0, long until = NodeContract.Open, string group = "", Carrier carrier = Carrier.Electricity) =>
        new(Address(node), carrier, Address(party), from, until, group);

    public static AllocatedEnergy Row(string node, long start, EnergyTotals energy, int duration = 900, Carrier carrier = Carrier.Electricity, bool provisional = false) =>
        new(Address(node), carrier, start, duration, energy, provisional, Samples.HashOf($"entry of {node} on day {start / 86_400}"));

    public static PeriodSettlement Settled(SettlementInput input)
    {
        Assert.True(StatementBuilder.TryBuild(input, out var settlement, out var error), error);
        return settlement;
    }

    public static string Refusal(SettlementInput input)
    {
        Assert.False(StatementBuilder.TryBuild(input, out _, out var error));
        return error;
    }
}
