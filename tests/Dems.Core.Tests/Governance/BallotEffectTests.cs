using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Governance;

public sealed class BallotEffectTests
{
    [Fact]
    public void MembersBallot_OneVoteShortOfTheQuorum_HasNoEffect()
    {
        var pool = new BallotChain();
        var two = pool.Chain.Members.Take(2).Select(member => ((ISigner)member, BallotChoice.Yes));
        var standing = pool.Decide(new ProtocolActivation(2), [.. two]);
        Assert.Equal((BallotPhase.Rejected, BallotDecision.RejectedThreshold), (standing.Phase, standing.Decision));
        Assert.Equal(1, pool.Chain.State.Protocol.Version);
    }

    [Fact]
    public void Protocol_AcceptedByMembers_IsThatOfTheNextBlock()
    {
        var pool = new BallotChain();
        Assert.Equal(Applied, pool.DecideByMembers(new ProtocolActivation(2)).Effect);
        Assert.Equal(2, pool.Chain.State.Protocol.Version);
    }

    [Fact]
    public void Protocol_NotNewer_Fails()
    {
        var pool = new BallotChain();
        var standing = pool.DecideByMembers(new ProtocolActivation(1));
        Assert.Equal((BallotPhase.Effective, Duplicate), (standing.Phase, standing.Effect));
    }

    [Fact]
    public void TimeZones_Accepted_AreNamedByTheState()
    {
        var pool = new BallotChain();
        var data = Samples.HashOf("2026c");
        Assert.Equal(Applied, pool.DecideByMembers(new TimeZoneActivation(data)).Effect);
        Assert.Equal(data, pool.Chain.State.Protocol.TimeZones);
    }

    [Fact]
    public void Validator_Added_DecidesFromTheSecondNextHeightOn()
    {
        var pool = new BallotChain();
        var fifth = new KeyedHashSigner("member 4");
        Assert.Equal(Applied, pool.DecideByMembers(EntryBuilder.ValidatorAddition(pool.Chain.Chain, fifth, "Fifth")).Effect);
        var height = pool.Chain.Height;
        Assert.Equal(4, pool.Chain.State.Validators.At(height.Next).Count);
        Assert.Equal(fifth.PublicKey, pool.Chain.State.Validators.At(height.Next.Next)[4]);
        Assert.Equal((4, 5), (pool.Chain.Last.Validators.Count, pool.Chain.Last.NextValidators.Count));
        Assert.Equal("Fifth", pool.Chain.State.FindMember(fifth.PublicKey.Fingerprint)?.Name);
    }

    [Fact]
    public void Validator_Removed_NeitherDecidesNorSignsAsMember()
    {
        var pool = new BallotChain();
        var last = pool.Chain.Members[3];
        Assert.Equal(Applied, pool.DecideByMembers(new ValidatorChange.Remove(last.PublicKey)).Effect);
        Assert.Equal(3, pool.Chain.Last.NextValidators.Count);
        Assert.Equal(-1, pool.Chain.Last.NextValidators.IndexOf(last.PublicKey));
        var party = EntryBuilder.PartyRegistration(pool.Chain.Chain, new KeyedHashSigner("late"), "Late");
        Assert.Equal([RefusedRetired], pool.At(1_000, pool.Chain.Sign(party, last)));
    }

    [Fact]
    public void Validator_Replaced_KeepsItsPlaceAndName()
    {
        var pool = new BallotChain();
        var (before, after) = (pool.Chain.Members[1], new KeyedHashSigner("member 1 again"));
        Assert.Equal(Applied, pool.DecideByMembers(EntryBuilder.ValidatorReplacement(pool.Chain.Chain, after, before.PublicKey)).Effect);
        Assert.Equal(1, pool.Chain.Last.NextValidators.IndexOf(after.PublicKey));
        Assert.Null(pool.Chain.State.FindMember(before.PublicKey.Fingerprint));
        Assert.Equal("Member 1", pool.Chain.State.FindMember(after.PublicKey.Fingerprint)?.Name);
        Assert.Equal(
            [RefusedRetired, Applied],
            pool.At(1_000, pool.Propose(new Resolution(), before, deadline: 2_000, effect: 2_000), pool.Propose(new Resolution(), after, deadline: 2_000, effect: 2_000)));
    }

    [Fact]
    public void Validators_TwoChangesInOneBlock_BothHold()
    {
        var pool = new BallotChain();
        var ballots = new[]
        {
            pool.Propose(EntryBuilder.ValidatorAddition(pool.Chain.Chain, new KeyedHashSigner("member 4"), "Fifth")),
            pool.Propose(new ValidatorChange.Remove(pool.Chain.Members[0].PublicKey)),
        };
        pool.At(0, ballots);
        pool.At(100, [.. ballots.SelectMany(ballot => pool.Chain.Members.Select(member => pool.Vote(member, ballot)))]);
        pool.At(BallotChain.Deadline);
        pool.At(BallotChain.Effect);
        Assert.Equal(2, pool.Rows.OfType<BallotEffect>().Count(row => row.Outcome == Applied));
        Assert.Equal(
            new[] { pool.Chain.Members[1].PublicKey, pool.Chain.Members[2].PublicKey, pool.Chain.Members[3].PublicKey, new KeyedHashSigner("member 4").PublicKey },
            pool.Chain.Last.NextValidators.Keys);
    }

    [Fact]
    public void Validator_UnknownOrTakenKey_ChangesNothing()
    {
        var pool = new BallotChain();
        Assert.Equal(RefusedUnknownSubject, pool.DecideByMembers(new ValidatorChange.Remove(new KeyedHashSigner("nobody").PublicKey)).Effect);
        pool = new BallotChain();
        Assert.Equal(RefusedTaken, pool.DecideByMembers(EntryBuilder.ValidatorAddition(pool.Chain.Chain, pool.Parties[0], "Party")).Effect);
        Assert.Equal(4, pool.Chain.Last.NextValidators.Count);
    }

    [Fact]
    public void Validator_TheLastOne_CannotBeRemoved()
    {
        var pool = new BallotChain();
        foreach (var member in pool.Chain.Members.Skip(1))
        {
            var remaining = pool.Chain.Members.Where(other => pool.Chain.State.FindMember(other.PublicKey.Fingerprint) is not null);
            var ballot = pool.Propose(new ValidatorChange.Remove(member.PublicKey), notice: 60);
            Assert.Equal([Applied], pool.At(0, ballot));
            pool.At(100, [.. remaining.Select(other => pool.Vote(other, ballot))]);
            pool.At(BallotChain.Effect);
            pool.At(BallotChain.Effect + 1);
            Assert.Equal(BallotPhase.Effective, pool.StandingOf(ballot).Phase);
            pool.At(BallotChain.Effect + 2);
        }

        var last = pool.Propose(new ValidatorChange.Remove(pool.Chain.Members[0].PublicKey));
        pool.At(0, last);
        pool.At(100, pool.Vote(pool.Chain.Members[0], last));
        pool.At(BallotChain.Effect);
        Assert.Equal((BallotPhase.Failed, RefusedNotAllowed), (pool.StandingOf(last).Phase, pool.StandingOf(last).Effect));
    }

    [Fact]
    public void Admission_OfNode_IsLikeItsRegistration()
    {
        var pool = new BallotChain();
        var node = pool.Node(0, "AT1");
        Assert.Equal(Applied, pool.DecideByMembers(new AdmissionChange(node)).Effect);
        Assert.Equal(node.Address, pool.Chain.State.FindMeteringPoint("AT1"));
        Assert.Equal(1, pool.Chain.State.FindParty(node.Party)?.OpenNodes);
    }

    /// <summary>Whatever key it comes under, a metering point is admitted once: by a second ballot, by a registration, or by both.</summary>
    [Fact]
    public void Admission_OfTheSameMeteringPointTwice_IsRefused()
    {
        var pool = new BallotChain();
        var (first, second) = (pool.Propose(new AdmissionChange(pool.Node(0, "AT1"))), pool.Propose(new AdmissionChange(pool.Node(1, "AT1", key: "other node"))));
        pool.At(0, first, second);
        pool.At(100, [.. pool.Chain.Members.SelectMany(member => new[] { pool.Vote(member, first), pool.Vote(member, second) })]);
        pool.At(BallotChain.Deadline);
        pool.At(BallotChain.Effect);
        Assert.Equal([Applied, RefusedTaken], new[] { first, second }.Select(ballot => pool.StandingOf(ballot).Effect).Order());
        Assert.Equal([RefusedTaken], pool.At(BallotChain.Effect + 1, pool.NewNode(2, "AT1", key: "third node")));
        Assert.Equal(1, pool.Parties.Sum(party => pool.Chain.State.FindParty(NodeAddress.Of(party.PublicKey))!.OpenNodes));
    }

    [Fact]
    public void Admission_OfPartyAndItsRemoval_AreDecidedByMembers()
    {
        var pool = new BallotChain();
        var joining = new KeyedHashSigner("joining");
        Assert.Equal(Applied, pool.DecideByMembers(new AdmissionChange(EntryBuilder.PartyRegistration(pool.Chain.Chain, joining, "Joining"))).Effect);
        Assert.Equal("Joining", pool.Chain.State.FindParty(NodeAddress.Of(joining.PublicKey))?.Name);
        pool = new BallotChain();
        var leaving = NodeAddress.Of(pool.Parties[1].PublicKey);
        Assert.Equal(Applied, pool.DecideByMembers(new AdmissionChange(new Retirement(RetirementSubject.Party, leaving, default, 0))).Effect);
        Assert.True(pool.Chain.State.FindParty(leaving)?.Retired);
    }

    [Fact]
    public void Settlement_Approved_IsNotReplaced()
    {
        var pool = new BallotChain();
        var (right, wrong) = (Samples.HashOf("right"), Samples.HashOf("wrong"));
        var ballots = new[] { right, wrong, right }.Select(hash => pool.Propose(new SettlementApproval("2026-11", hash))).ToArray();
        pool.At(0, ballots[0]);
        pool.At(1, ballots[1], ballots[2]);
        pool.At(100, [.. ballots.SelectMany(ballot => pool.Parties.Select(party => pool.Vote(party, ballot)))]);
        pool.At(BallotChain.Deadline);
        pool.At(BallotChain.Effect);
        var approved = pool.Chain.State.Governance.FindApproval(BillingPeriod.Month(2026, 11));
        Assert.NotNull(approved);
        Assert.Equal(approved.Statements == right ? [Applied, Duplicate, RefusedTaken] : [Applied, RefusedTaken, RefusedTaken], ballots.Select(b => pool.StandingOf(b).Effect!.Value).Order());
    }

    [Fact]
    public void Tariff_Accepted_HoldsFromItsTimeOn()
    {
        var pool = new BallotChain();
        var standing = pool.Decide(new TariffChange(Tariff(1)), Everybody(pool));
        Assert.Equal(Applied, standing.Effect);
        var scheduled = Assert.Single(pool.Chain.State.Governance.Tariffs);
        Assert.Equal(pool.Zero + BallotChain.Effect, scheduled.From);
        Assert.Equal(Tariff(1), scheduled.Bytes.ToArray());
    }

    /// <summary>Of two accepted tariffs the later in force must be of the higher version, and no two begin at once.</summary>
    [Theory]
    [InlineData(1, 1_200, RefusedRevision)]
    [InlineData(2, 900, RefusedRevision)]
    [InlineData(2, 1_200, Applied)]
    public void Tariff_AfterAnother_MustBeHigherAndLater(int version, long effect, EntryOutcome outcome)
    {
        var pool = new BallotChain();
        var (first, second) = (pool.Propose(new TariffChange(Tariff(1))), pool.Propose(new TariffChange(Tariff(version)), effect: effect));
        pool.At(0, first);
        pool.At(1, second);
        pool.At(100, [.. pool.Parties.SelectMany(party => new[] { pool.Vote(party, first), pool.Vote(party, second) })]);
        pool.At(BallotChain.Deadline);
        pool.At(BallotChain.Effect);
        pool.At(effect + 1);
        Assert.Equal(new[] { Applied, outcome }.Order(), new[] { first, second }.Select(ballot => pool.StandingOf(ballot).Effect!.Value).Order());
    }

    private static byte[] Tariff(int version) => TariffCodec.Encode(Settlement.Given.Tariff(Settlement.Given.Internal(105_000)) with { Version = version });

    private static (ISigner Voter, BallotChoice Choice)[] Everybody(BallotChain pool) => [.. pool.Parties.Select(party => ((ISigner)party, BallotChoice.Yes))];
}
