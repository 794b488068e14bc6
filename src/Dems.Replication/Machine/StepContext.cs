using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>What the parts of a machine share: who they are, the tip, the time of the current step and the effects gathered in it.</summary>
internal sealed class StepContext(ReplicaIdentity identity, ReplicaLimits limits, ChainTip tip)
{
    private List<ReplicaEffect> _effects = [];
    private BlockTime _now;

    public ReplicaIdentity Identity { get; } = identity;

    public ReplicaLimits Limits { get; } = limits;

    public ChainTip Tip { get; set; } = tip;

    /// <summary>The replica's own clock at the current step.</summary>
    public BlockTime Now
    {
        get => _now;
        set
        {
            Elapsed += _now == default ? 0 : Math.Max(0, value.UnixMilliseconds - _now.UnixMilliseconds);
            _now = value;
        }
    }

    /// <summary>
    /// Milliseconds since the start, for waits: it never goes back. A clock that is set back by an hour must not keep this member from asking, retransmitting or
    /// proposing for an hour.
    /// </summary>
    public long Elapsed { get; private set; }

    public PendingIndex Pending { get; } = new();

    /// <summary>The height being decided.</summary>
    public Height NextHeight => Tip.Height.Next;

    /// <summary>The validators that decide it.</summary>
    public ValidatorSet Validators => Tip.Roots.Validators;

    public void Emit(ReplicaEffect effect) => _effects.Add(effect);

    public void Send(int to, PeerMessage message)
    {
        if (to != Identity.Member)
        {
            Emit(new ReplicaEffect.Send(to, message));
        }
    }

    public void Broadcast(PeerMessage message)
    {
        if (Identity.MemberCount > 1)
        {
            Emit(new ReplicaEffect.Broadcast(message));
        }
    }

    public void SetTimer(ReplicaTimer timer, int milliseconds) => Emit(new ReplicaEffect.SetTimer(timer, milliseconds));

    public bool Verify(PublicKey key, byte[] message, ReadOnlyMemory<byte> signature) => Identity.Verifier.Verify(key, message, signature.Span);

    /// <summary>Genesis index of a validator of the next height; −1 if it is not a member.</summary>
    public int MemberOf(int validator)
    {
        var key = Validators[validator];
        for (var i = 0; i < Identity.MemberCount; i++)
        {
            if (Identity.KeyOf(i).Equals(key))
            {
                return i;
            }
        }

        return -1;
    }

    public IReadOnlyList<ReplicaEffect> TakeEffects()
    {
        var effects = _effects;
        _effects = [];
        return effects;
    }
}
