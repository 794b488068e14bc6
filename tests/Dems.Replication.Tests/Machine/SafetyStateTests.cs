using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Machine;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class SafetyStateTests
{
    private static readonly ChainId Chain = new(Hash32.Of("chain"u8));

    /// <summary>A lock read back without its q prevotes could not be justified to any other member.</summary>
    [Fact]
    public void Row_WithALock_ReadsBackTheLockAndItsProof()
    {
        var block = new Block(Header(), [new LeafHash(Hash32.Of("entry"u8))]);
        var hash = HeaderCodec.Hash(block.Header);
        Vote[] proof = [.. Enumerable.Range(0, 3).Select(i => new Vote(Chain, new Height(7), 2, VoteType.Prevote, hash, i, new byte[64]))];
        var snapshot = new SafetySnapshot(new Height(7), 4, RoundStep.Prevote, 2, hash, 2, block) { Justification = proof };

        Assert.True(SafetyState.TryDecode(new SafetyState(snapshot, [], []).Encode(), out var state, out var error), error);

        Assert.Equal((4, RoundStep.Prevote, 2, hash, 2), (state.Safety.Round, state.Safety.Step, state.Safety.LockedRound, state.Safety.LockedBlock, state.Safety.ValidRound));
        Assert.Equal(block.Header, state.Safety.ValidBlock!.Header);
        Assert.Equal([0, 1, 2], state.Safety.Justification.Select(vote => vote.Validator));
        Assert.All(state.Safety.Justification, vote => Assert.Equal((VoteType.Prevote, 2, hash), (vote.Type, vote.Round, vote.Block)));
    }

    private static BlockHeader Header() => new()
    {
        ProtocolVersion = 1,
        Chain = Chain,
        Height = new Height(7),
        Round = 2,
        Time = new BlockTime(1_000),
        Proposer = 1,
        Previous = new BlockHash(Hash32.Of("previous"u8)),
        TreeSize = 1,
        TreeRoot = Hash32.Of("tree"u8),
        ResultsRoot = Hash32.Of("results"u8),
        StateRoot = Hash32.Of("state"u8),
        Validators = Hash32.Of("validators"u8),
        NextValidators = Hash32.Of("validators"u8),
    };
}
