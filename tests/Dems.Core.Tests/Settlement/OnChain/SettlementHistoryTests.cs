using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.OnChain;

/// <summary>From readings on a chain to statements that ballots close, a correction afterwards, and proofs of all of it.</summary>
public sealed class SettlementHistoryTests
{
    private static readonly BillingPeriod First = SettledVillage.TwoDays(1);
    private static readonly BillingPeriod Second = SettledVillage.TwoDays(3);

    public static TheoryData<SelfSharing> Ways => [SelfSharing.Pooled, SelfSharing.First];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Correction_AfterClosing_GivesNotesThatSumToTheFullRecomputation(SelfSharing self)
    {
        var (village, closed, corrected) = Corrected(self);

        var closings = village.Close((First, closed), (Second, corrected));
        var notes = closings[1].Notes;
        var again = village.Settle(First, corrected);

        Assert.Empty(closings[0].Notes);
        Assert.Equal([1L, 2], notes.Select(note => note.Number));
        Assert.All(again.Statements.Zip(closings[0].Settlement.Statements), pair => AssertSums(pair.Second, notes.Where(note => note.Delta.Party == pair.Second.Party).Select(note => note.Delta), pair.First));
        Assert.Contains(notes, note => note.Delta.Due != 0);
        AssertMovesEnergy(closings[0].Settlement, again);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Statements_BeforeAndAfterACorrection_BothVerify(SelfSharing self)
    {
        var (village, closed, corrected) = Corrected(self);
        village.Add();
        var closings = village.Close((First, closed));

        foreach (var (statement, place) in closings[0].Settlement.Statements.Select((statement, place) => (statement, place)))
        {
            var before = Accepted(village, village.Prove(statement, closed, closings[0].Prove(place)));
            Assert.Equal((closed, closings[0].Root), (before.Closing!.AsOf, before.Closing.Statements));
            var after = Accepted(village, village.Prove(village.Settle(First, corrected).Statements[place], corrected));
            Assert.Null(after.Closing);
            Assert.Equal(2 * SettledVillage.Slots, before.Intervals);
            Assert.Equal(before.Intervals, after.Intervals);
            Assert.NotEqual(before.Statement, after.Statement);
        }
    }

    [Fact]
    public void Closing_ByBallot_StandsInTheStateInOrder()
    {
        var (village, closed, corrected) = Corrected(SelfSharing.First);
        var second = village.Close((First, closed), (Second, corrected))[1];

        Assert.Equal(EntryOutcome.Applied, village.Decide(new SettlementApproval("2026-04-03/2026-04-05", second.Root, corrected.Value, second.Notes.Count)).Effect);

        var books = village.Reading.Records.Closed;
        Assert.Equal([(First, closed, 1L, 0), (Second, corrected, 1, 2)], books.Select(book => (book.Period, book.AsOf, book.FirstNote, book.Notes)));
        Assert.Equal(First, books[1].Before);
    }

    [Theory]
    [InlineData("2026-04-05/2026-04-07", 0, "a day would be left out")]
    [InlineData("2026-04-02/2026-04-04", 0, "a day would be closed twice")]
    [InlineData("2026-04-03/2026-04-05", 1_000, "the block is yet to come")]
    [InlineData("2026-04-03/2026-04-05", -1, "blocks would be counted twice")]
    public void Closing_OutOfOrder_HasNoEffect(string period, long offset, string why)
    {
        var (village, closed, _) = Corrected(SelfSharing.First);
        var root = village.Reading.Records.Closed[0];

        var effect = village.Decide(new SettlementApproval(period, Samples.HashOf("statements"), closed.Value + offset)).Effect;

        Assert.True(effect == EntryOutcome.RefusedPeriod, why);
        Assert.Equal(root, Assert.Single(village.Reading.Records.Closed));
    }

    [Fact]
    public void Proof_OfAnotherStatement_IsRefused()
    {
        var (village, closed, corrected) = Corrected(SelfSharing.Pooled);
        village.Add();
        var closing = village.Close((First, closed))[0];
        var statement = closing.Settlement.Statements[0];
        var proof = village.Prove(statement, closed, closing.Prove(0));

        // What the correction changed, told as of the closing; rows left out; another party's place; a state that says less.
        AssertRefused(village, proof with { Statement = village.Settle(First, corrected).Statements[0] }, "statement");
        AssertRefused(village, proof with { Blocks = [.. proof.Blocks.Skip(1)] }, "statement");
        AssertRefused(village, proof with { Closing = closing.Prove(1) }, "closing");
        AssertRefused(village, proof with { AsOf = closed.Next }, "closing");
        AssertRefused(village, proof with { State = [.. proof.State.Skip(1)] }, "state");
        AssertRefused(village, proof with { Head = proof.Head with { Certificate = proof.Blocks[0].Next.Certificate } }, "head.certificate");
        var rows = proof.Blocks[0].Results.Rows;
        var shortened = proof.Blocks[0] with { Results = new BlockResults(proof.Blocks[0].Results.Seed, [.. rows.Take(rows.Count - 1)]) };
        AssertRefused(village, proof with { Blocks = [shortened, .. proof.Blocks.Skip(1)] }, "blocks[0]");
    }

    [Fact]
    public void Proof_WithOneByteChanged_ProvesNothingElse()
    {
        var (village, closed, _) = Corrected(SelfSharing.First);
        village.Add();
        var closing = village.Close((First, closed))[0];
        var bytes = StatementProofCodec.Encode(village.Prove(closing.Settlement.Statements[0], closed, closing.Prove(0)));
        Assert.True(StatementProofCodec.TryDecode(bytes, out var read, out var error), error);
        Assert.Equal(bytes, StatementProofCodec.Encode(read));

        var step = Math.Max(1, bytes.Length / (TestScale.Times(40)));
        for (var at = 0L; at < bytes.Length; at += step)
        {
            var altered = bytes.ToArray();
            altered[at] ^= 1;
            var holds = StatementProofCodec.TryDecode(altered, out var proof, out _)
                && StatementProofRules.TryVerify(proof, village.Genesis, Vienna, KeyedHashSigner.Verifier, out var findings, out _)
                && findings.Statement != closing.Settlement.Statements[0];
            Assert.False(holds, $"byte {at}");
        }
    }

    [Fact]
    public void Explanation_OfAnInterval_ComesToItsRows()
    {
        var (village, closed, _) = Corrected(SelfSharing.Pooled);
        var (pool, history) = (village.Reading.Records, village.History());
        foreach (var version in history.In(Carrier.Electricity, Vienna.SpanOf(First, Carrier.Electricity), closed))
        {
            Assert.True(RepeatedAllocation.TryRepeat(pool, version, out var result, out var error), error);
            Assert.Equal(version.Row.Totals.Allocated, result.Allocated);
            Assert.True(result.Allocated == 0 || result.Explain().Count > 0);
        }
    }

    /// <summary>Two days, closed; then one reading of the house is corrected; then two more days. The closing's block and the last.</summary>
    private static (SettledVillage Village, Height Closed, Height Corrected) Corrected(SelfSharing self)
    {
        var village = new SettledVillage(PoolTerms.Default.Policy with { Basis = AllocationBasis.Gross, Self = self });
        village.Live(1);
        village.Live(2);
        var closed = village.Height;
        var closing = village.Close((First, closed))[0];
        Assert.Equal(EntryOutcome.Applied, village.Decide(new SettlementApproval("2026-04-01/2026-04-03", closing.Root, closed.Value)).Effect);
        village.Add(village.Reads(village.House, Register.Consumption, Vienna.FirstSecondOf(new DateOnly(2026, 4, 1), 12 * 3_600), 1, 20));
        village.Live(3);
        village.Live(4);
        return (village, closed, village.Height);
    }

    private static void AssertSums(Statement billed, IEnumerable<StatementDelta> deltas, Statement again)
    {
        var changes = deltas.ToList();
        for (var i = 0; i < billed.Sections.Count; i++)
        {
            for (var line = 0; line < billed.Sections[i].Lines.Count; line++)
            {
                var (was, now) = (billed.Sections[i].Lines[line], again.Sections[i].Lines[line]);
                var changed = changes.SelectMany(delta => delta.Lines).Where(change => change.Section == i && change.Line == line).ToList();
                Assert.Equal(now.Net, was.Net + changed.Sum(change => change.Net));
                Assert.Equal(now.Exact.Nano, changed.Aggregate(was.Exact.Nano, (sum, change) => sum + change.Exact.Nano));
            }

            Assert.Equal(again.Sections[i].Energy, changes.SelectMany(delta => delta.Energy).Aggregate(billed.Sections[i].Energy, (sum, change) => sum + change.Change));
        }

        Assert.Equal(again.Due, billed.Due + changes.Sum(delta => delta.Due));
    }

    private static void AssertMovesEnergy(PeriodSettlement before, PeriodSettlement after)
    {
        foreach (var settlement in new[] { before, after })
        {
            Assert.Equal(settlement.Statements.Sum(statement => statement.Energy.SharedIn), settlement.Statements.Sum(statement => statement.Energy.SharedOut));
            Assert.All(settlement.Clearings, clearing => Assert.Equal(clearing.Paid, clearing.Received + clearing.Fees + clearing.Residual));
        }

        Assert.NotEqual(before.Statements.Sum(statement => statement.Energy.SharedIn), after.Statements.Sum(statement => statement.Energy.SharedIn));
    }

    private static StatementFindings Accepted(SettledVillage village, StatementProof proof)
    {
        Assert.True(StatementProofRules.TryVerify(proof, village.Genesis, Vienna, KeyedHashSigner.Verifier, out var findings, out var error), error.ToString());
        return findings;
    }

    private static void AssertRefused(SettledVillage village, StatementProof proof, string field)
    {
        Assert.False(StatementProofRules.TryVerify(proof, village.Genesis, Vienna, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(field, error.Field);
    }
}
