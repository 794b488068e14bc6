using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>
/// A height among n members, the last of them liars. First chaos: deliveries, losses, repetitions, timeouts, slow disks and crashes in an order
/// that the seed picks. Then the network heals: all is delivered, held messages are retransmitted, virtual time moves to the next timeout.
/// </summary>
internal sealed class ConsensusNetwork
{
    private readonly Random _random;
    private readonly Bus _bus;
    private readonly Oracle _oracle;
    private readonly List<Member> _members = [];
    private readonly List<Liar> _liars = [];

    public ConsensusNetwork(int seed, int validators, int liars)
    {
        _random = new Random(seed);
        var set = Given.Validators(validators);
        HashSet<int> lying = [.. Enumerable.Range(validators - liars, liars)];
        _bus = new Bus(lying);
        _oracle = new Oracle(validators, lying);
        for (var i = 0; i < validators; i++)
        {
            if (lying.Contains(i))
            {
                _liars.Add(new Liar(i, set, _oracle, _bus, _random));
            }
            else
            {
                _members.Add(new Member(i, set, _oracle, _bus));
            }
        }
    }

    public bool AllDecided => _members.TrueForAll(member => member.State.Decided);

    public int HighestRound => _members.Max(member => member.State.Round);

    public IReadOnlyList<Member> Members => _members;

    public void Start() => _members.ForEach(member => member.Give(new ConsensusInput.Start(Given.Now)));

    /// <summary>So many random events. The seed also picks how frequent each kind is: a run with few losses gets far, one with many timeouts sees many rounds.</summary>
    public void Chaos(int events)
    {
        var (lost, repeated) = (_random.Next(40), _random.Next(20));
        (int Weight, Action<Member> Act)[] kinds =
        [
            (20 + _random.Next(80), _ => Deliver(lost, repeated)),
            (20 + _random.Next(60), member => member.CarryOut()),
            (5 + _random.Next(40), member => member.AnswerAny(_random)),
            (_random.Next(20), member => FireAny(member)),
            (_random.Next(5), Retransmit),
            (_random.Next(3), member => member.Restart(_random)),
            (_liars.Count == 0 ? 0 : 2 + _random.Next(30), _ => _liars[_random.Next(_liars.Count)].Act(HighestRound)),
        ];
        var total = kinds.Sum(kind => kind.Weight);
        for (var i = 0; i < events; i++)
        {
            var pick = _random.Next(total);
            var kind = 0;
            while (pick >= kinds[kind].Weight)
            {
                pick -= kinds[kind++].Weight;
            }

            kinds[kind].Act(_members[_random.Next(_members.Count)]);
        }
    }

    /// <summary>Runs until all decided. Fails when a round begins that should not have been needed, or when nothing is left to wait for.</summary>
    public void Heal(int roundsAllowed, bool liarsGoOn)
    {
        var lastRound = HighestRound + roundsAllowed;
        _bus.UnderWay.Clear();
        Settle();
        while (true)
        {
            _members.ForEach(Retransmit);
            Settle();
            if (AllDecided)
            {
                return;
            }

            Oracle.Require(HighestRound <= lastRound, $"round {HighestRound} and still undecided");
            FireEarliest();
            if (liarsGoOn)
            {
                _liars.ForEach(liar => liar.Act(HighestRound));
            }

            Settle();
        }
    }

    /// <summary>Delivers and carries out until nothing is left but waiting.</summary>
    public void Settle()
    {
        while (_bus.UnderWay.Count > 0 || _members.Exists(member => !member.IsIdle))
        {
            foreach (var member in _members)
            {
                while (member.CarryOut())
                {
                }

                while (member.Answers.Count > 0)
                {
                    member.Answer(0);
                }
            }

            var batch = _bus.UnderWay.ToArray();
            _bus.UnderWay.Clear();
            foreach (var (to, message) in batch)
            {
                _members[to].Give(message);
            }
        }
    }

    /// <summary>All that a member signed or holds goes to all, and its certificate once it decided.</summary>
    public void Retransmit(Member member)
    {
        ConsensusInput[] held =
        [
            .. member.OwnMessages,
            .. member.State.AllProposals().Select(proposal => new ConsensusInput.ProposalReceived(proposal, Given.Now)),
            .. member.State.AllVotes().Select(vote => new ConsensusInput.VoteReceived(vote)),
            .. member.State.Certificate is { } certificate ? [new ConsensusInput.CertificateReceived(certificate)] : Array.Empty<ConsensusInput>(),
        ];
        foreach (var message in held)
        {
            for (var to = 0; to < _members.Count; to++)
            {
                _bus.Send(to, message);
            }
        }
    }

    /// <summary>Moves virtual time to the next timeouts.</summary>
    public void FireEarliest()
    {
        var waiting = _members.Where(member => !member.State.Decided && member.Timers.Count > 0).ToList();
        Oracle.Require(waiting.Count > 0, "nobody decided, nobody waits");
        _bus.Time = Math.Max(_bus.Time, waiting.Min(member => member.Timers.Min().Due));
        foreach (var member in waiting)
        {
            while (member.Timers.FindIndex(timer => timer.Due <= _bus.Time) is >= 0 and var due)
            {
                Fire(member, due);
            }
        }
    }

    private static void Fire(Member member, int timer)
    {
        var (_, step, round) = member.Timers[timer];
        member.Timers.RemoveAt(timer);
        member.Give(new ConsensusInput.TimeoutElapsed(step, round));
    }

    private void FireAny(Member member)
    {
        if (member.Timers.Count > 0)
        {
            Fire(member, _random.Next(member.Timers.Count));
        }
    }

    /// <summary>Delivers any message under way; may lose it, or leave a copy under way.</summary>
    private void Deliver(int lostPercent, int repeatedPercent)
    {
        if (_bus.UnderWay.Count == 0)
        {
            return;
        }

        var index = _random.Next(_bus.UnderWay.Count);
        var (to, message) = _bus.UnderWay[index];
        if (_random.Next(100) >= repeatedPercent)
        {
            _bus.UnderWay[index] = _bus.UnderWay[^1];
            _bus.UnderWay.RemoveAt(_bus.UnderWay.Count - 1);
        }

        if (_random.Next(100) >= lostPercent)
        {
            _members[to].Give(message is ConsensusInput.ProposalReceived proposal ? proposal with { Now = SkewedClock() } : message);
        }
    }

    private BlockTime SkewedClock() => _random.Next(5) == 0 ? Given.Now.Plus(_random.Next(-10_000, 10_000)) : Given.Now;
}
