using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class ReportPlanTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Plan_ForAnOffence_NamesTheKeyOfThatHeightAndAnUnusedNumber()
    {
        var plan = Plan();

        Assert.Equal((_chain.Members[3].PublicKey, 0L), (plan!.Offender, plan.Sequence));
        Assert.Equal(2L, Plan(skip: 2)!.Sequence);
    }

    [Fact]
    public void Plan_ForWhatTheChainHasAlready_IsNone()
    {
        var report = Samples.EvidenceOf(_chain.Members[3], 3, _chain.Chain);
        Assert.Equal([EntryOutcome.Applied], _chain.Execute(_chain.Sign(report, _chain.Members[1], Plan()!.Sequence)));

        Assert.Null(Plan());
        Assert.NotNull(Plan(round: 1));
    }

    [Fact]
    public void Plan_ByAStrangerOrAgainstNobody_IsNone()
    {
        Assert.Null(ReportPlan.Of(_chain.State, new Height(1), 0, EvidenceKind.Precommit, 3, _chain.Party.PublicKey, 0));
        Assert.Null(ReportPlan.Of(_chain.State, new Height(1), 0, EvidenceKind.Precommit, 4, _chain.Members[1].PublicKey, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Sequence_OfAKeyThatCounts_NeitherUsesItsNextNumbersNorMovesItsWindow(int skip)
    {
        const long Clock = 1_795_305_600_000;
        foreach (var number in new[] { Clock, Clock + 1, Clock + 2 })
        {
            Assert.Equal([EntryOutcome.Applied], _chain.Execute(_chain.Sign(RegisterSomebody(number), _chain.Members[1], number)));
        }

        var plan = Plan(skip: skip);

        Assert.Equal(Clock - 1 - skip, plan!.Sequence);
        Assert.Equal([EntryOutcome.Applied], _chain.Execute(_chain.Sign(Samples.EvidenceOf(_chain.Members[3], 3, _chain.Chain), _chain.Members[1], plan.Sequence)));
        Assert.Equal([EntryOutcome.Applied], _chain.Execute(_chain.Sign(RegisterSomebody(7), _chain.Members[1], Clock + 3)));
    }

    private ReportPlan? Plan(int round = 0, int skip = 0) =>
        ReportPlan.Of(_chain.State, new Height(1), round, EvidenceKind.Precommit, 3, _chain.Members[1].PublicKey, skip);

    private Core.Ledger.Entries.PartyRegistration RegisterSomebody(long number) =>
        Core.Ledger.Encoding.EntryBuilder.PartyRegistration(_chain.Chain, new KeyedHashSigner($"party {number}"), "somebody");
}
