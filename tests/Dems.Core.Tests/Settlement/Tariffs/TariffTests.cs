using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Tariffs;
using Xunit;

namespace Dems.Core.Tests.Settlement.Tariffs;

public sealed class TariffTests
{
    private static readonly TimeWindow Night = new(TimeWindow.AllMonths, TimeWindow.AllDays, 0, 6 * 60);
    private static readonly TimeWindow Day = new(TimeWindow.AllMonths, TimeWindow.AllDays, 6 * 60, 24 * 60);
    private static readonly TariffLine Good = new("grid", LineKind.GridPrice, LineBasis.GridIn, Carrier.Electricity, "", Payee.Supplier, 200_000, LinePrice.Flat(250_000));

    [Fact]
    public void Tariff_OfAllKindsOfLines_IsValid()
    {
        var bands = new LinePrice.PerEnergy([Band("night", [Night], (PriceTier.Open, -20_000)), Band("day", [Day], (1_000_000, 300_000), (PriceTier.Open, 280_000))]);
        Assert.Null(Refusal(
            Good with { Price = bands },
            Good with { Name = "feed-in", Kind = LineKind.FeedIn, Basis = LineBasis.GridOut },
            Good with { Name = "buy", Kind = LineKind.InternalPrice, Basis = LineBasis.SharedIn, Price = new LinePrice.ByAllocation() },
            Good with { Name = "sell", Kind = LineKind.InternalPrice, Basis = LineBasis.SharedOut, Payee = Payee.Community },
            Good with { Name = "network", Kind = LineKind.NetworkFee, Basis = LineBasis.SharedIn, Payee = Payee.GridOperator, Group = "local" },
            Good with { Name = "levy", Kind = LineKind.Levy, Basis = LineBasis.OwnUse },
            Good with { Name = "community", Kind = LineKind.CommunityFee, Basis = LineBasis.SharedIn, Payee = Payee.Community },
            Good with { Name = "meter", Kind = LineKind.FixedFee, Basis = LineBasis.Period, Price = LinePrice.Fixed(2_500_000) }));
    }

    [Fact]
    public void Bands_WithAGap_NameWhereItIs() =>
        Assert.Equal(
            "lines[0] 'grid': bands: no band at Monday 06:00 in month 1",
            Refusal(Good with { Price = new LinePrice.PerEnergy([Band("night", [Night]), Band("day", [Day with { FromMinute = 7 * 60 }])]) }));

    [Fact]
    public void Bands_WithAnOverlap_NameWhereItIs() =>
        Assert.Equal(
            "lines[0] 'grid': bands: two bands at Monday 05:59 in month 1",
            Refusal(Good with { Price = new LinePrice.PerEnergy([Band("night", [Night]), Band("day", [Day with { FromMinute = 6 * 60 - 1 }])]) }));

    [Fact]
    public void Bands_ThatEndTooEarlyOnOneDayOfOneMonth_NameIt()
    {
        var sundaysInJune = new TimeWindow(1 << 5, 1 << 6, 0, 23 * 60);
        var others = new[] { TimeWindow.Always with { Months = TimeWindow.AllMonths & ~(1 << 5) }, TimeWindow.Always with { Months = 1 << 5, Days = TimeWindow.AllDays & ~(1 << 6) } };
        Assert.Equal(
            "lines[0] 'grid': bands: no band at Sunday 23:00 in month 6",
            Refusal(Good with { Price = new LinePrice.PerEnergy([Band("a", others), Band("b", [sundaysInJune])]) }));
    }

    [Theory]
    [InlineData(new[] { 1_000L, 1_000L, PriceTier.Open }, "tiers[1]: ends at 1000 Wh, not above 1000")]
    [InlineData(new[] { 0L, PriceTier.Open }, "tiers[0]: ends at 0 Wh, not above 0")]
    [InlineData(new[] { 1_000L, 2_000L }, "tiers[1]: the last tier is open, and no other")]
    [InlineData(new[] { PriceTier.Open, PriceTier.Open }, "tiers[0]: the last tier is open, and no other")]
    [InlineData(new long[0], "tiers: 1…16 are allowed, not 0")]
    public void Tiers_NotRising_AreRefused(long[] ends, string reason) =>
        Assert.Equal(
            $"lines[0] 'grid': bands[0] 'all': {reason}",
            Refusal(Good with { Price = new LinePrice.PerEnergy([Band("all", [TimeWindow.Always], [.. ends.Select(end => (end, 1L))])]) }));

    [Theory]
    [InlineData(LineKind.InternalPrice, LineBasis.SharedIn, false)]
    [InlineData(LineKind.NetworkFee, LineBasis.GridIn, false)]
    [InlineData(LineKind.CommunityFee, LineBasis.SharedIn, false)]
    [InlineData(LineKind.Levy, LineBasis.GridIn, false)]
    [InlineData(LineKind.GridPrice, LineBasis.GridIn, true)]
    [InlineData(LineKind.FeedIn, LineBasis.GridOut, true)]
    public void NegativePrice_OnlyOfTheMarket_IsAllowed(LineKind kind, LineBasis basis, bool allowed) =>
        Assert.Equal(allowed, Refusal(Good with { Kind = kind, Basis = basis, Price = LinePrice.Flat(-1) }) is null);

    [Fact]
    public void Lines_OutOfBounds_AreRefusedWithTheirPlace()
    {
        Assert.Equal("lines[1] 'grid': the name stands twice", Refusal(Good, Good));
        Assert.Equal("lines: 1…64 are allowed, not 0", Refusal());
        Assert.Equal("lines[0] 'grid': FeedIn is not charged on GridIn", Refusal(Good with { Kind = LineKind.FeedIn }));
        Assert.Equal("lines[0] 'grid': VAT of 1000001 millionths: 0…1000000 are allowed", Refusal(Good with { VatPpm = 1_000_001 }));
        Assert.Equal("lines[0] 'grid': an amount per period needs a fixed fee", Refusal(Good with { Price = LinePrice.Fixed(1) }));
        Assert.Equal("lines[0] 'grid': only the internal price can be set by the allocation", Refusal(Good with { Price = new LinePrice.ByAllocation() }));
        Assert.Equal("lines[0] 'grid': a fee of -1: 0…1000000000000000 are allowed", Refusal(Good with { Kind = LineKind.FixedFee, Basis = LineBasis.Period, Price = LinePrice.Fixed(-1) }));
        Assert.Equal(
            "lines[0] 'grid': bands[0] 'all': tiers[0]: a price of 100000000001: -100000000000…100000000000 are allowed", Refusal(Good with { Price = LinePrice.Flat(Tariff.MaxPrice + 1) }));
        Assert.StartsWith("lines[0] ' grid': name: 1…32 characters", Refusal(Good with { Name = " grid" }), StringComparison.Ordinal);
        Assert.StartsWith("lines[0] 'grid': group: 1…32 characters", Refusal(Good with { Group = new string('x', 33) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_OutOfBounds_IsRefused()
    {
        Assert.False(new Tariff(0, Currency.Euro, "rounding", [Good]).TryValidate(out var version));
        Assert.Equal("version 0: versions start at 1", version);
        Assert.False(new Tariff(1, new Currency("EUR", 4), "rounding", [Good]).TryValidate(out var currency));
        Assert.StartsWith("currency 'EUR' with 4 digits", currency, StringComparison.Ordinal);
        Assert.False(new Tariff(1, Currency.Euro, "", [Good]).TryValidate(out var account));
        Assert.StartsWith("residualAccount: ", account, StringComparison.Ordinal);
    }

    private static PriceBand Band(string name, TimeWindow[] windows, params (long UpTo, long Price)[] tiers) =>
        new(name, windows, tiers.Length == 0 && name != "all" ? [new PriceTier(PriceTier.Open, 1)] : [.. tiers.Select(tier => new PriceTier(tier.UpTo, tier.Price))]);

    private static string? Refusal(params TariffLine[] lines) => new Tariff(1, Currency.Euro, "rounding", lines).TryValidate(out var error) ? null : error;
}
