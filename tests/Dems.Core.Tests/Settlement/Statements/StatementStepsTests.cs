using Dems.Core.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Statements;

public sealed class StatementStepsTests
{
    [Fact]
    public void Explain_OfTheWorkedExample_WritesEachProductAndRounding()
    {
        var alice = SettlementSamples.Settlement.Statements.Single(statement => statement.Party == Address("alice"));
        Assert.Equal(
            """
            community energy: Σ Q · price: 57.6 kWh · 0.105 (all, tier 1) = 6.048 → 6.05 EUR
            community fee: Σ Q · price: 57.6 kWh · 0.005 (all, tier 1) = 0.288 → 0.29 EUR
            membership: ⌊F·z/T⌋ − ⌊F·a/T⌋: 1.25 → 1.25 EUR
            local grid: Σ Q · price: 57.6 kWh · 0.032 (all, tier 1) = 1.8432 → 1.84 EUR
            grid energy: Σ Q · price: 50 kWh · 0.2 (off-peak, tier 1) + 19.44 kWh · 0.21 (off-peak, tier 2) + 45.76 kWh · 0.28 (peak, tier 1) = 26.8952 → 26.90 EUR
            Community: Σ net + VAT: 7.59 EUR + 20 % = 7.59 EUR + 1.52 EUR = 9.11 EUR
            Supplier: Σ net + VAT: 26.90 EUR + 20 % = 26.90 EUR + 5.38 EUR = 32.28 EUR
            GridOperator: Σ net + VAT: 1.84 EUR + 20 % = 1.84 EUR + 0.37 EUR = 2.21 EUR
            Community: due = Σ (net + VAT) + corrections: 9.11 EUR
            """,
            string.Join('\n', StatementSteps.Explain(alice)));
    }

    [Fact]
    public void Explain_OfCreditsAndCorrections_ShowsTheirSign()
    {
        var bob = StatementSteps.Explain(SettlementSamples.May.Statements.Single(statement => statement.Party == Address("bob"))).Select(step => step.ToString()).ToList();
        Assert.Single(bob, step => step == "community energy sold: −Σ Q · price: −(119.04 kWh · 0.1 (all, tier 1)) = -11.904 → -11.90 EUR");
        Assert.Single(bob, step => step == "correction 1 of 2026-04-01/2026-05-01: due now − due billed: 0.00 EUR");
    }

    [Fact]
    public void Explain_LastStep_IsWhatIsDue() =>
        Assert.All(SettlementSamples.May.Statements, statement => Assert.Equal(statement.Due, StatementSteps.Explain(statement)[^1].Value));
}
