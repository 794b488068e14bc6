using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class BlockExecutorTests
{
    private const long T = Samples.Midnight;
    private const int Day = (int)(T / 86_400);

    [Fact]
    public void Block_Empty_ChangesNothing()
    {
        var chain = TestChain.WithNode();
        var before = chain.State;
        Assert.Empty(chain.Execute());
        Assert.Same(before, chain.State);
        Assert.False(chain.Last.Changed);
        Assert.Equal(MerkleHash.Empty, chain.Last.ResultsRoot);
    }

    [Fact]
    public void Block_WithEntries_MovesFrontierAndNamesPositions()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1), chain.Import(chain.NodeKey, T + 900, 0, 2));
        Assert.Equal(5, chain.State.Frontier.Size);
        Assert.Equal([3L, 4L], chain.Last.Results.Select(result => result.Index));
        Assert.True(chain.Last.Changed);
        Assert.NotEqual(MerkleHash.Empty, chain.Last.ResultsRoot);
    }

    [Fact]
    public void Execution_OfTheSameBlocks_GivesTheSameRoots()
    {
        var (one, other) = (TestChain.WithNode(), TestChain.WithNode());
        one.Execute(one.Import(one.NodeKey, T, 0, 1, 2, 3));
        other.Execute(other.Import(other.NodeKey, T, 0, 1, 2, 3));
        Assert.Equal((one.State.Root, one.Last.ResultsRoot), (other.State.Root, other.Last.ResultsRoot));
    }

    [Fact]
    public void Entry_OfAnotherChain_IsRefusedWithoutTrace()
    {
        var chain = TestChain.WithNode();
        var stray = chain.Sign(new ReadingBatch(chain.Node, Samples.Batch.Runs), chain.NodeKey, chain: new ChainId(Samples.HashOf("elsewhere")));
        Assert.Equal([RefusedChain], chain.Execute(stray));
        Assert.Equal(SequenceUse.Free, chain.State.CheckSequence(chain.NodeKey.PublicKey.Fingerprint, stray.Sequence, stray.Content));
    }

    [Fact]
    public void Entry_OfUnknownKey_IsRefusedAndLeavesOnlyTheFrontier()
    {
        var chain = TestChain.WithNode();
        var pairs = chain.State.Map.Count;
        Assert.Equal([RefusedUnknownSigner], chain.Execute(chain.Import(new KeyedHashSigner("stranger"), T, 0, 1)));
        Assert.Equal(pairs, chain.State.Map.Count);
    }

    [Fact]
    public void Entry_Repeated_IsDuplicate()
    {
        var chain = TestChain.WithNode();
        var entry = chain.Import(chain.NodeKey, T, 0, 1);
        Assert.Equal([Applied], chain.Execute(entry));
        Assert.Equal([Duplicate], chain.Execute(entry));
    }

    [Fact]
    public void Sequence_UsedByAnotherContent_IsRefusedAndTheFirstStays()
    {
        var chain = TestChain.WithNode();
        var first = chain.Import(chain.NodeKey, T, 0, 1);
        var second = chain.Sign(new ReadingBatch(chain.Node, [new ReadingRun(Register.Import, T, 900, Quality.Measured, 0, new long[] { 2 })]), chain.NodeKey, first.Sequence);
        Assert.Equal([Applied, RefusedSequence], chain.Execute(first, second));
        Assert.Equal([(T, 1L, 0)], chain.ReadDay(Day));
    }

    [Fact]
    public void Sequence_OfRefusedEntry_IsUsedUp()
    {
        var chain = TestChain.WithNode();
        var early = chain.Sign(new ReadingBatch(NodeAddress.Of(chain.Gateway.PublicKey), Samples.Batch.Runs), chain.NodeKey);
        Assert.Equal([RefusedUnknownSubject], chain.Execute(early));
        Assert.Equal([Duplicate], chain.Execute(early));
    }

    [Fact]
    public void ResultRow_OfBatch_IsProvenAgainstTheResultsRoot()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1), chain.Import(chain.NodeKey, T, 0, 2));
        var row = chain.Last.Results[1];
        Assert.Equal((RefusedRevision, 0), (row.Outcome, row.At));
        var proof = chain.Last.Tree.Prove(1);
        Assert.True(proof.Verify(row.Encode(), chain.Last.ResultsRoot));
        Assert.False(proof.Verify((row with { Outcome = Applied }).Encode(), chain.Last.ResultsRoot));
    }

    [Fact]
    public void Validators_WithoutBallots_AreThoseOfGenesis()
    {
        var chain = TestChain.WithNode();
        Assert.Equal(chain.Genesis.Validators.Hash, chain.Last.Validators.Hash);
        Assert.Equal(chain.Genesis.Validators.Hash, chain.Last.NextValidators.Hash);
    }

    [Fact]
    public void Header_OfAnotherChain_IsABrokenInvariant()
    {
        var chain = new TestChain();
        Assert.Throws<ArgumentException>(() => BlockExecutor.Execute(chain.State, Samples.Header, []));
    }
}
