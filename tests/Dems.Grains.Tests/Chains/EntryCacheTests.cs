using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Chains;
using Xunit;

namespace Dems.Grains.Tests.Chains;

public sealed class EntryCacheTests
{
    [Fact]
    public void Cache_FullByNumber_DropsTheOldest()
    {
        var cache = new EntryCache(maxEntries: 3, maxBytes: 1_000);
        var entries = Enumerable.Range(0, 5).Select(i => Entry(i, size: 10)).ToList();
        entries.ForEach(cache.Add);
        Assert.Equal([false, false, true, true, true], entries.Select(e => cache.TryGet(e.Leaf, out _)));
    }

    [Fact]
    public void Cache_FullByBytes_DropsTheOldest()
    {
        var cache = new EntryCache(maxEntries: 100, maxBytes: 25);
        var entries = Enumerable.Range(0, 4).Select(i => Entry(i, size: 10)).ToList();
        entries.ForEach(cache.Add);
        Assert.Equal([false, false, true, true], entries.Select(e => cache.TryGet(e.Leaf, out _)));
    }

    [Fact]
    public void Cache_SameEntryTwice_CountsOnce()
    {
        var cache = new EntryCache(maxEntries: 100, maxBytes: 25);
        var entry = Entry(1, size: 10);
        for (var i = 0; i < 10; i++)
        {
            cache.Add(entry);
        }

        Assert.Equal(1, cache.Count);
        cache.Add(Entry(2, size: 10));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Cache_EntriesComeAndGo_KeepsNoTraceOfThem()
    {
        var cache = new EntryCache(maxEntries: 4, maxBytes: 1_000);
        var kept = Entry(0, size: 10);
        for (var i = 1; i <= 1_000; i++)
        {
            var entry = Entry(i, size: 100);
            cache.Add(entry);
            cache.Remove(entry.Leaf);
        }

        cache.Add(kept);
        Assert.True(cache.TryGet(kept.Leaf, out var found));
        Assert.Same(kept, found);
        Assert.Equal(1, cache.Count);
    }

    private static OpenedEntry Entry(int number, int size)
    {
        var hash = Hash32.Of(BitConverter.GetBytes(number));
        var key = new PublicKey(new byte[PublicKey.Size]);
        var body = new KeyRotation(key, new byte[64]);
        return new OpenedEntry(new byte[size], new LeafHash(hash), new ContentId(hash), new ChainId(hash), key, number, new byte[OpenedEntry.SaltSize], body);
    }
}
