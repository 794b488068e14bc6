using Dems.Contracts.Grains;
using Dems.Core.Crypto;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Grains.Peers;
using Dems.Replication.Protocol;

namespace Dems.Grains.Chains;

/// <summary>Checks the signatures of received frames on the verifier pool and delivers them to the head of their chain.</summary>
public sealed class GrainFrameSink(
    IGrainFactory grains, ChainSites sites, MemberOptions options, VerifierPool pool, ISignatureVerifier verifier, HttpPeerTransport transport) : IFrameSink
{
    private readonly PublicKey[] _members = [.. options.Genesis.Members.Select(m => m.Key)];

    /// <inheritdoc/>
    public async Task<FrameOutcome> AcceptAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        if (!PeerFrame.TryReadChain(frame, out var chain) || !sites.TryFind(chain, out var site))
        {
            return FrameOutcome.Refused;
        }

        if (!site.TakesFrames)
        {
            return FrameOutcome.Busy;
        }

        var opened = await pool.RunAsync(() => PeerFrame.TryOpen(frame, _members, verifier, out var result, out _) ? result : null, cancellationToken);
        if (opened is null)
        {
            return FrameOutcome.Refused;
        }

        transport.PeerSpoke(opened.From);
        var outcome = await grains.GetGrain<IChainHeadGrain>(ChainKey.Of(chain)).Deliver(new DeliveredFrame(frame, opened));
        return outcome switch
        {
            DeliverOutcome.Accepted => FrameOutcome.Accepted,
            DeliverOutcome.Refused => FrameOutcome.Refused,
            _ => FrameOutcome.Busy,
        };
    }
}
