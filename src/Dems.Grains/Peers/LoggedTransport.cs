using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Peers;

/// <summary>Writes the votes and proposals in each frame to a log before the frame goes on. What cannot be logged does not leave.</summary>
internal sealed class LoggedTransport(IPeerTransport next, SignatureLog signatures, ILogger<LoggedTransport> log) : IPeerTransport
{
    private readonly Lock _gate = new();
    private ReadOnlyMemory<byte> _logged;

    public void Send(int member, ReadOnlyMemory<byte> frame)
    {
        if (TryLog(frame))
        {
            next.Send(member, frame);
        }
    }

    private bool TryLog(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            // A broadcast comes once per peer, as the same memory.
            if (bytes.Equals(_logged))
            {
                return true;
            }

            if (!PeerFrame.TryRead(bytes, out var frame, out var error))
            {
                throw new InvalidOperationException($"A frame made here does not decode: {error}");
            }

            try
            {
                Append(frame);
                _logged = bytes;
                return true;
            }
            catch (IOException e)
            {
                log.LogError(e, "A message was held back: it could not be written to the signature log");
                return false;
            }
        }
    }

    private void Append(PeerFrame frame)
    {
        foreach (var message in frame.Messages)
        {
            switch (message)
            {
                case PeerMessage.VoteCast m:
                    signatures.Append(m.Vote);
                    break;
                case PeerMessage.BlockProposed m:
                    signatures.Append(m.Proposal);
                    break;
            }
        }
    }
}
