using System.Buffers.Binary;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Tests.Consensus;

/// <summary>Small chains and messages. Signatures are tagged with a number: the machine never looks at them, certificates and evidence must carry them through.</summary>
internal static class Given
{
    public static readonly ChainId Chain = new(Hash32.Of("chain"u8));
    public static readonly Height Height = new(8);
    public static readonly BlockTime Now = new(1_000_000);

    /// <summary>Height 8 with 4 validators: validator r proposes in round r.</summary>
    public static ValidatorSet Validators(int count = 4) => new(Enumerable.Range(0, count).Select(Key));

    public static PublicKey Key(int index)
    {
        var bytes = new byte[PublicKey.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, index + 1);
        return new PublicKey(bytes);
    }

    public static HeightState State(int? self, int validators = 4) =>
        HeightState.Create(Chain, Height, Validators(validators), self, new ConsensusTimeouts());

    /// <summary>A block; the content number makes blocks of one round differ.</summary>
    public static Block Block(int round, int proposer, int content = 0, BlockTime? time = null) => new(
        new BlockHeader
        {
            ProtocolVersion = 1,
            Chain = Chain,
            Height = Height,
            Round = round,
            Time = time ?? Now,
            Proposer = proposer,
            Previous = new BlockHash(Hash32.Of("previous"u8)),
            TreeSize = content,
            TreeRoot = Hash32.Zero,
            ResultsRoot = Hash32.Zero,
            StateRoot = Hash32.Zero,
            Validators = Hash32.Zero,
            NextValidators = Hash32.Zero,
        },
        []);

    public static BlockHash HashOf(Block block) => HeaderCodec.Hash(block.Header);

    public static Proposal Proposal(int round, Block block, int validRound = -1, int validators = 4) =>
        new(Chain, Height, round, validRound, block, HashOf(block), Validators(validators).ProposerOf(Height, round), Signature(round));

    public static Vote Prevote(int validator, int round, Block? block) => Vote(VoteType.Prevote, validator, round, block);

    public static Vote Precommit(int validator, int round, Block? block) => Vote(VoteType.Precommit, validator, round, block);

    public static Vote Vote(VoteType type, int validator, int round, Block? block) =>
        new(Chain, Height, round, type, block is null ? default : HashOf(block), validator, Signature(validator));

    public static byte[] Signature(int tag)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteInt32BigEndian(bytes, tag + 1);
        return bytes;
    }
}
