using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>Messages under way, virtual time, and all blocks ever proposed: their prevoters serve them.</summary>
internal sealed class Bus(IReadOnlySet<int> liars)
{
    private int _contents;

    public IReadOnlySet<int> Liars => liars;

    public List<(int To, ConsensusInput Message)> UnderWay { get; } = [];

    public Dictionary<BlockHash, Block> Blocks { get; } = [];

    /// <summary>Milliseconds since the start; moves only when nothing else can happen.</summary>
    public long Time { get; set; }

    public int NextContent() => ++_contents;

    public void Send(int to, ConsensusInput message)
    {
        if (!liars.Contains(to))
        {
            UnderWay.Add((to, message));
        }
    }
}
