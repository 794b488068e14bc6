using Dems.Core.Allocation;
using Dems.Core.Allocation.Presets;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.OnChain;

public sealed class WhatIfTests
{
    private static readonly SettledVillage Village = Lived();

    [Fact]
    public void Replay_UnderThePoolsOwnPolicy_ChangesNothing()
    {
        var outcome = Replay(Terms.Policy);

        Assert.Equal(2 * SettledVillage.Slots, outcome.Intervals);
        Assert.All(outcome.Energy, node => Assert.Equal(node.Before, node.After));
        Assert.Equal(outcome.Before!.Statements.Select(statement => statement.Due), outcome.After!.Statements.Select(statement => statement.Due));
        Assert.Equal(Village.Settle(SettledVillage.TwoDays(1), Village.Height).Statements, outcome.Before.Statements);
    }

    [Fact]
    public void Replay_UnderEveryPreset_KeepsWhatWasConsumedAndProduced()
    {
        var nodes = new[] { SettledVillage.AddressOf(Village.House), SettledVillage.AddressOf(Village.Roof) }.Order().ToArray();
        foreach (var preset in AllocationPresets.All)
        {
            var outcome = Replay(preset.For(nodes) with { Basis = AllocationBasis.Gross });

            Assert.True(outcome.IsConserved, preset.Name);
            Assert.All(outcome.Energy, node => Assert.Equal(Used(node.Before), Used(node.After)));
            Assert.Equal(outcome.Energy.Sum(node => Made(node.Before)), outcome.Energy.Sum(node => Made(node.After)));
        }
    }

    [Fact]
    public void Replay_WithStorage_UsesAtNightWhatWasLeftByDay()
    {
        var storage = new AllocationRule.VirtualStorage([new StorageUnit(SettledVillage.AddressOf(Village.Roof), 5_000, 5_000, 1_000_000, 1_000_000)], new AllocationRule.ProRata());

        var outcome = Replay(Terms.Policy with { Rule = storage, Self = SelfSharing.First });

        var roof = outcome.Energy.Single(node => node.Node == SettledVillage.AddressOf(Village.Roof));
        Assert.True(roof.After.OwnUse > roof.Before.OwnUse && roof.After.GridIn < roof.Before.GridIn, $"{roof.Before} → {roof.After}");
    }

    [Fact]
    public void Replay_OnAnotherBasis_IsRefused()
    {
        Assert.False(Run(Terms.Policy with { Basis = AllocationBasis.Grid }, out _, out var error));
        Assert.Contains("basis", error, StringComparison.Ordinal);
    }

    private static PoolTerms Terms => Village.Genesis.Pools[0].Terms;

    private static long Used(in EnergyTotals energy) => energy.OwnUse + energy.SharedIn + energy.GridIn;

    // Only all nodes together keep it: some presets feed in what a consumer leaves on that consumer's account.
    private static long Made(in EnergyTotals energy) => energy.OwnUse + energy.SharedOut + energy.GridOut;

    private static WhatIfOutcome Replay(AllocationPolicy policy)
    {
        Assert.True(Run(policy, out var outcome, out var error), error);
        return outcome;
    }

    private static bool Run(AllocationPolicy policy, out WhatIfOutcome outcome, out string error) => WhatIf.TryRun(
        Village.Reading.Records, Village.History(), Vienna, SettledVillage.TwoDays(1), Carrier.Electricity, policy, tariff: null, out outcome, out error);

    private static SettledVillage Lived()
    {
        var village = new SettledVillage();
        village.Live(1);
        village.Live(2);
        return village;
    }
}
