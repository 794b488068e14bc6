using Dems.Grains.Peers;
using Xunit;

namespace Dems.Grains.Tests.Peers;

public sealed class PeerLaneTests
{
    [Fact]
    public async Task Lane_FullByCount_DropsTheOldest()
    {
        using var lane = new PeerLane(maxFrames: 3, maxBytes: 1_000);
        foreach (var i in Enumerable.Range(0, 5))
        {
            lane.Add(new byte[] { (byte)i });
        }

        Assert.Equal(2, lane.Dropped);
        Assert.Equal([2, 3, 4], Firsts(await lane.TakeAsync(10, 1_000, CancellationToken.None)));
    }

    [Fact]
    public async Task Lane_FullByBytes_DropsTheOldestButKeepsTheNewestWhateverItsSize()
    {
        using var lane = new PeerLane(maxFrames: 10, maxBytes: 100);
        lane.Add(new byte[60]);
        lane.Add(new byte[60]);
        Assert.Equal(1, lane.Count);
        lane.Add(Filled(7, 500));
        Assert.Equal(2, lane.Dropped);
        Assert.Equal([7], Firsts(await lane.TakeAsync(10, 100, CancellationToken.None)));
    }

    [Fact]
    public async Task Lane_TakenInPortions_KeepsTheOrderAndLosesNothing()
    {
        using var lane = new PeerLane(maxFrames: 100, maxBytes: 10_000);
        foreach (var i in Enumerable.Range(0, 10))
        {
            lane.Add(Filled((byte)i, 10));
        }

        var got = new List<int>();
        while (got.Count < 10)
        {
            var portion = await lane.TakeAsync(maxFrames: 4, maxBytes: 35, CancellationToken.None);
            Assert.InRange(portion.Count, 1, 3);
            got.AddRange(Firsts(portion));
        }

        Assert.Equal(Enumerable.Range(0, 10), got);
        Assert.Equal(0, lane.Count);
    }

    [Fact]
    public async Task Lane_Empty_WaitsForAFrame()
    {
        using var lane = new PeerLane(maxFrames: 3, maxBytes: 100);
        var waiting = lane.TakeAsync(10, 100, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        lane.Add(Filled(9, 1));
        Assert.Equal([9], Firsts(await waiting));
    }

    private static byte[] Filled(byte value, int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static IEnumerable<int> Firsts(List<ReadOnlyMemory<byte>> frames) => frames.Select(f => (int)f.Span[0]);
}
