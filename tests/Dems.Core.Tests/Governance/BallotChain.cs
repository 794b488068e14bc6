using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Tests.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Governance;

/// <summary>A chain with parties that hold ballots. Times are seconds after the first proposal.</summary>
internal sealed class BallotChain
{
    public const int Notice = 60;
    public const long Deadline = 600;
    public const long Effect = 900;

    private readonly List<KeyedHashSigner> _parties = [];

    /// <param name="rules">How the pool votes; a minute of notice unless given.</param>
    /// <param name="parties">Parties admitted at the start.</param>
    public BallotChain(GovernanceRules? rules = null, int parties = 3)
    {
        Chain = new TestChain(rules ?? new GovernanceRules { MinNoticeSeconds = Notice });
        Assert.All(Chain.Execute([.. Enumerable.Range(0, parties).Select(_ => NewParty())]), outcome => Assert.Equal(EntryOutcome.Applied, outcome));
        Zero = (Samples.Midnight / 3_600 * 3_600) + 3_600;
        Chain.Time = Zero * 1_000;
    }

    public TestChain Chain { get; }

    /// <summary>The second from which times count; a full hour.</summary>
    public long Zero { get; }

    public IReadOnlyList<KeyedHashSigner> Parties => _parties;

    /// <summary>The rows of the last block that are not about entries.</summary>
    public IReadOnlyList<ResultRow> Rows => Chain.Last.Further;

    /// <summary>The proposal that was made last.</summary>
    public OpenedEntry Proposed { get; private set; } = null!;

    /// <summary>A registration of a further party.</summary>
    public OpenedEntry NewParty()
    {
        var party = new KeyedHashSigner($"party {_parties.Count}");
        _parties.Add(party);
        return Chain.Sign(EntryBuilder.PartyRegistration(Chain.Chain, party, $"Party {_parties.Count}"), Chain.Members[0]);
    }

    /// <summary>A registration of a node of a party.</summary>
    public OpenedEntry NewNode(int party, string meteringPoint, long maxEnergy = 0, string? key = null) => Chain.Sign(Node(party, meteringPoint, maxEnergy, key), _parties[party]);

    public NodeRegistration Node(int party, string meteringPoint, long maxEnergy = 0, string? key = null) => EntryBuilder.NodeRegistration(
        Chain.Chain,
        new KeyedHashSigner(key ?? $"node {meteringPoint}"),
        meteringPoint,
        NodeAddress.Of(_parties[party].PublicKey),
        [new EnergySource("store", Carrier.Electricity, SourceKind.Battery, 0, maxEnergy)],
        Samples.Midnight);

    /// <summary>A proposal with the usual times.</summary>
    public OpenedEntry Propose(BallotPayload payload, ISigner? proposer = null, int notice = Notice, long deadline = Deadline, long effect = Effect) =>
        Proposed = Chain.Sign(new BallotProposal(payload, "As discussed.", notice, Zero + deadline, Zero + effect), proposer ?? Chain.Members[0]);

    public OpenedEntry Vote(ISigner voter, OpenedEntry ballot, BallotChoice choice = BallotChoice.Yes) => Chain.Sign(new BallotVote(ballot.Content, choice), voter);

    /// <summary>Executes a block at a time.</summary>
    public EntryOutcome[] At(long seconds, params OpenedEntry[] entries)
    {
        Chain.Time = ((Zero + seconds) * 1_000) - 1;
        return Chain.Execute(entries);
    }

    /// <summary>Proposes, opens, lets electors vote, tallies and takes effect; the standing at the end.</summary>
    public BallotStanding Decide(BallotPayload payload, params (ISigner Voter, BallotChoice Choice)[] votes)
    {
        var ballot = Propose(payload);
        Assert.Equal([EntryOutcome.Applied], At(0, ballot));
        Assert.All(At(Notice, [.. votes.Select(vote => Vote(vote.Voter, ballot, vote.Choice))]), outcome => Assert.Equal(EntryOutcome.Applied, outcome));
        At(Deadline);
        if (Chain.State.Governance.Find(ballot.Content)!.Standing.Phase == BallotPhase.Accepted)
        {
            At(Effect);
        }

        return Chain.State.Governance.Find(ballot.Content)!.Standing;
    }

    /// <summary>As <see cref="Decide"/>, with all members voting yes.</summary>
    public BallotStanding DecideByMembers(BallotPayload payload) => Decide(payload, [.. Chain.Members.Select(member => ((ISigner)member, BallotChoice.Yes))]);

    public BallotStanding StandingOf(OpenedEntry ballot) => Chain.State.Governance.Find(ballot.Content)!.Standing;
}
