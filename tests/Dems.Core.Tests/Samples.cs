using System.Security.Cryptography;
using System.Text;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Tests;

/// <summary>Fixed examples of every encoded type: the same bytes in every run.</summary>
internal static class Samples
{
    public static Hash32 HashOf(string name) => Hash32.Of(Encoding.UTF8.GetBytes(name));

    public static ChainId Chain { get; } = new(HashOf("chain"));

    public static BlockHeader Header { get; } = new()
    {
        ProtocolVersion = 1,
        Chain = Chain,
        Height = new Height(1_000),
        Round = 2,
        Time = new BlockTime(1_790_000_000_123),
        Proposer = 3,
        Previous = new BlockHash(HashOf("previous")),
        TreeSize = 123_456,
        TreeRoot = HashOf("tree"),
        ResultsRoot = HashOf("results"),
        StateRoot = HashOf("state"),
        Validators = HashOf("validators"),
        NextValidators = HashOf("next validators"),
    };

    public static Block Block { get; } = new(Header, [new LeafHash(HashOf("a")), new LeafHash(HashOf("b")), new LeafHash(HashOf("c"))]);

    public static Vote Vote { get; } = new(Chain, new Height(1_000), 2, VoteType.Precommit, HeaderCodec.Hash(Header), 1, SignatureOf("vote"));

    public static Vote NilVote { get; } = new(Chain, new Height(1_000), 2, VoteType.Prevote, default, 0, SignatureOf("nil vote"));

    public static Proposal Proposal { get; } = new(Chain, new Height(1_000), 4, 2, Block, HeaderCodec.Hash(Header), 1, SignatureOf("proposal"));

    public static CommitCertificate Certificate { get; } = new(
        Chain, new Height(1_000), 2, HeaderCodec.Hash(Header),
        [new CommitSignature(0, SignatureOf("0")), new CommitSignature(2, SignatureOf("2")), new CommitSignature(3, SignatureOf("3"))]);

    public static byte[] SignatureOf(string name) => SHA512.HashData(Encoding.UTF8.GetBytes(name));
}
