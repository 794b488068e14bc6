using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Xunit;

namespace Dems.Grains.Tests.Chains;

public sealed class StateCheckpointsTests
{
    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(999, 511, false)]
    [InlineData(1_000, 0, true)]
    [InlineData(1, 512, true)]
    public void Snapshot_OfASmallState_IsDueAfterManyBlocksOrEntries(int blocks, long entries, bool due) =>
        Assert.Equal(due, StateCheckpoints.IsDue(SmallState(), blocks, entries, mostBlocks: 1_000));

    private static LedgerState SmallState()
    {
        using var key = new Es256Signer(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256));
        var genesis = new Genesis
        {
            Network = "test",
            CreatedAt = new BlockTime(1),
            Members = [new GenesisMember("alone", key.PublicKey)],
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Electricity])],
        };
        return LedgerState.AtGenesis(genesis, "pool");
    }
}
