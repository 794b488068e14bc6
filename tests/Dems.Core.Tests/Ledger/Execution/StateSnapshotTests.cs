using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class StateSnapshotTests
{
    [Fact]
    public void Snapshot_Imported_ContinuesTheChainAlike()
    {
        var chain = TestChain.WithNode();
        var entry = chain.Import(chain.NodeKey, Samples.Midnight, 0, 1, 2, 3);
        Assert.True(StateSnapshot.TryImport(StateSnapshot.Export(chain.State), chain.State.Root, out var imported, out var error), error);
        var header = Samples.Header with { Chain = chain.Chain };
        Assert.Equal(BlockExecutor.Execute(chain.State, header, [entry]).State.Root, BlockExecutor.Execute(imported, header, [entry]).State.Root);
    }

    [Fact]
    public void Snapshot_WithAnyByteChanged_IsRefused()
    {
        var chain = TestChain.WithNode();
        var bytes = StateSnapshot.Export(chain.State);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.False(StateSnapshot.TryImport(bytes, chain.State.Root, out _, out var error));
            Assert.NotEmpty(error);
            bytes[i] ^= 0x10;
        }
    }
}
