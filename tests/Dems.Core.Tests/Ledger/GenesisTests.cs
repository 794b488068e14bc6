using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Xunit;

namespace Dems.Core.Tests.Ledger;

public sealed class GenesisTests
{
    [Fact]
    public void Genesis_AsBytesAndAsText_ComesBackWithItsHash()
    {
        Assert.True(GenesisCodec.TryDecode(GenesisCodec.Encode(Samples.Genesis), out var fromBytes, out var error), error);
        Assert.True(GenesisJson.TryRead(GenesisJson.Write(Samples.Genesis), out var fromText, out error), error);
        Assert.Equal(Samples.Genesis.Hash, fromBytes.Hash);
        Assert.Equal(Samples.Genesis.Hash, fromText.Hash);
        Assert.Equal(Samples.Genesis.Timeouts, fromText.Timeouts);
        Assert.Equal(Samples.Genesis.Validators.Hash, fromText.Validators.Hash);
    }

    [Fact]
    public void Chain_OfAnotherPoolOrNetwork_IsAnother()
    {
        var other = new Genesis
        {
            Network = "other",
            CreatedAt = Samples.Genesis.CreatedAt,
            Members = Samples.Genesis.Members,
            Pools = Samples.Genesis.Pools,
        };
        Assert.NotEqual(Samples.Genesis.ChainOf("north"), Samples.Genesis.ChainOf("south"));
        Assert.NotEqual(Samples.Genesis.ChainOf("north"), other.ChainOf("north"));
        Assert.Equal("south", Samples.Genesis.PoolOf(Samples.Genesis.ChainOf("south"))?.Name);
        Assert.Null(Samples.Genesis.PoolOf(other.ChainOf("south")));
    }

    [Theory]
    [InlineData("\"network\": \"test-1\"", "\"network\": \"test-1\", \"motto\": \"x\"", "line 3")]
    [InlineData("\"network\": \"test-1\"", "\"network\": \"test-1\", \"network\": \"test-1\"", "line 3")]
    [InlineData("\"network\": \"test-1\",", "", "network")]
    [InlineData("\"network\": \"test-1\"", "\"network\": \"Test 1\"", "network")]
    [InlineData("\"protocolVersion\": 1", "\"protocolVersion\": 2", "protocol version")]
    [InlineData("T00:00:00.000Z", "T00:00:00Z", "createdAt")]
    [InlineData("\"electricity\"", "\"steam\"", "line")]
    [InlineData("\"propose\": 1000", "\"propose\": 0", "timeouts")]
    [InlineData("\"Member 1\"", "\"Member 0\"", "twice")]
    [InlineData("\"north\"", "\"south\"", "unique")]
    public void Text_WithAMistake_IsRefusedWithItsPlace(string right, string wrong, string place)
    {
        var text = GenesisJson.Write(Samples.Genesis);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        var changed = string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
        Assert.False(GenesisJson.TryRead(changed, out _, out var error));
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithBrokenKey_IsRefused()
    {
        var key = Samples.Genesis.Members[0].Key.ToString();
        Assert.False(GenesisJson.TryRead(GenesisJson.Write(Samples.Genesis).Replace(key, key[2..], StringComparison.Ordinal), out _, out var error));
        Assert.Contains("members[0].key", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_OfCarriersOutOfOrder_AreRefused()
    {
        var genesis = new Genesis
        {
            Network = "test",
            CreatedAt = default,
            Members = Samples.Genesis.Members,
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Heat, Carrier.Electricity])],
            Timeouts = new ConsensusTimeouts(),
        };
        Assert.NotNull(genesis.Refusal());
        Assert.False(GenesisCodec.TryDecode(GenesisCodec.Encode(genesis), out _, out var error));
        Assert.Contains("ascending", error, StringComparison.Ordinal);
    }
}
