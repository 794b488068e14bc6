using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Tests.Machine;

/// <summary>Member 0 of four, just started at genesis with a fresh row and one entry to order; the test plays the disk and the peers.</summary>
internal sealed class StartOfMember
{
    public const long Nonce = 99;

    private static readonly BlockTime Start = new(1_000_000_000);

    private readonly KeyedHash[] _keys = [.. Enumerable.Range(0, 4).Select(i => new KeyedHash($"member {i}"))];
    private readonly Genesis _genesis;
    private readonly ChainTip _tip;
    private readonly ReplicaMachine _machine;
    private readonly List<ReplicaTimer> _timeouts = [];
    private BlockTime _now = Start;

    public StartOfMember()
    {
        _genesis = new Genesis
        {
            Network = "start",
            CreatedAt = new BlockTime(1),
            Members = [.. _keys.Select((key, i) => new GenesisMember($"m{i}", key.PublicKey))],
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Electricity])],
        };
        Chain = _genesis.ChainOf("pool");
        var identity = new ReplicaIdentity(_genesis, Chain, 0, _keys[0], KeyedHash.Verifier);
        var validators = _genesis.Validators;
        var roots = new ExecutedRoots(Height.Genesis, MerkleHash.Empty, Hash32.Of("state"u8), Changed: false, validators, validators, ProtocolVersion: 1, NextDue: null);
        _tip = new ChainTip(Head: null, new BlockHash(_genesis.Hash), _genesis.CreatedAt, MerkleFrontier.Empty, roots);
        var entry = new PendingEntry(new LeafHash(Hash32.Of("leaf"u8)), new ContentId(Hash32.Of("content"u8)), Hash32.Of("signer"u8), 1, 100, _now);
        var row = new SafetyRow(1, 1, default, ReadOnlyMemory<byte>.Empty);
        _machine = new ReplicaMachine(identity, new ReplicaLimits(), new ReplicaStart(_tip, [entry], row, default(SafetyPosition), Nonce));
        Signs(_machine.Begin(_now));
    }

    public ChainId Chain { get; }

    /// <summary>Whether it ever wanted to write a signed message to its row.</summary>
    public bool HasSigned { get; private set; }

    /// <summary>A message of a peer.</summary>
    public IReadOnlyList<ReplicaEffect> Hear(int from, PeerMessage message) =>
        Signs(_machine.Step(new ReplicaInput.FrameReceived(new PeerFrame(Chain, from, [message])), _now));

    /// <summary>Sets the clock on, or back, and lets the member see it.</summary>
    public void Wait(long milliseconds)
    {
        _now = _now.Plus(milliseconds);
        Signs(_machine.Step(new ReplicaInput.TimerFired(new ReplicaTimer.StartGrace(Nonce - 1)), _now));
    }

    /// <summary>A block of a height with a certificate that no member signed.</summary>
    public DecidedBlock Forged(long height)
    {
        var header = new BlockHeader
        {
            ProtocolVersion = 1,
            Chain = Chain,
            Height = new Height(height),
            Round = 0,
            Time = Start,
            Proposer = 1,
            Previous = new BlockHash(_genesis.Hash),
            TreeSize = 0,
            TreeRoot = MerkleHash.Empty,
            ResultsRoot = MerkleHash.Empty,
            StateRoot = MerkleHash.Empty,
            Validators = Hash32.Zero,
            NextValidators = Hash32.Zero,
        };
        var hash = HeaderCodec.Hash(header);
        return new DecidedBlock(new Block(header, []), hash, Certificate(height) with { Block = hash });
    }

    /// <summary>Lets the timeouts of consensus that were set so far elapse.</summary>
    public void FireTimeouts()
    {
        foreach (var timer in _timeouts.ToList())
        {
            Signs(_machine.Step(new ReplicaInput.TimerFired(timer), _now));
        }
    }

    /// <summary>A peer's answer to the question how far this member signed.</summary>
    public IReadOnlyList<ReplicaEffect> Answer(int from, long head, CommitCertificate? proof) =>
        Hear(from, new PeerMessage.VotesReported(Nonce, new Height(head), proof, default));

    /// <summary>How far a peer is told that it signed, when it asks.</summary>
    public SafetyPosition SeenOf(int member) => Hear(member, new PeerMessage.VotesWanted(7)).OfType<ReplicaEffect.Send>()
        .Select(send => send.Message).OfType<PeerMessage.VotesReported>().Single().Seen;

    /// <summary>The first proposer's proposal of a block that is sound but for being empty, when nothing is due.</summary>
    public Proposal ProposalOfAnEmptyBlock()
    {
        var height = new Height(1);
        var proposer = _genesis.Validators.ProposerOf(height, 0);
        var block = BlockRules.Build(_tip, Chain, 0, _now, []);
        var hash = HeaderCodec.Hash(block.Header);
        return new Proposal(Chain, height, 0, -1, block, hash, proposer, _keys[proposer].Sign(SignedBytes.OfProposal(Chain, height, 0, -1, hash)));
    }

    public Vote Vote(int signer, long height, VoteType type = VoteType.Prevote, BlockHash? voted = null)
    {
        var block = voted ?? new BlockHash(Hash32.Of("block"u8));
        var bytes = SignedBytes.OfVote(Chain, new Height(height), 0, type, block);
        return new Vote(Chain, new Height(height), 0, type, block, signer, _keys[signer].Sign(bytes));
    }

    /// <summary>The precommits of members 1 to 3.</summary>
    public CommitCertificate Certificate(long height)
    {
        var votes = Enumerable.Range(1, 3).Select(i => Vote(i, height, VoteType.Precommit)).ToList();
        return new CommitCertificate(Chain, new Height(height), 0, votes[0].Block, [.. votes.Select(v => new CommitSignature(v.Validator, v.Signature))]);
    }

    private IReadOnlyList<ReplicaEffect> Signs(IReadOnlyList<ReplicaEffect> effects)
    {
        _timeouts.AddRange(effects.OfType<ReplicaEffect.SetTimer>().Select(e => e.Timer).OfType<ReplicaTimer.Consensus>());
        HasSigned |= effects.OfType<ReplicaEffect.WriteSafety>().Any();
        return effects;
    }
}
