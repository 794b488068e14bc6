using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

public sealed class CertificateRulesTests
{
    private static readonly ValidatorSet Seven = Given.Validators(7);
    private static readonly Block Block = Given.Block(round: 1, proposer: 1);

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4 })]
    [InlineData(new[] { 0, 2, 4, 5, 6 })]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6 })]
    public void Certificate_OfAQuorum_IsAccepted(int[] validators)
    {
        Assert.True(Verify(Certificate(validators), out var error));
        Assert.Empty(error);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, "4 signatures of 5 needed")]
    [InlineData(new[] { 0, 1, 2, 3, 3 }, "validator 3 after 3 of 7")]
    [InlineData(new[] { 1, 0, 2, 3, 4 }, "validator 0 after 1 of 7")]
    public void Certificate_WithoutAQuorumOfDistinctAscendingValidators_IsRefused(int[] validators, string reason) =>
        AssertRefused(Certificate(validators), reason);

    [Theory]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Certificate_WithAnIndexBeyondTheSet_IsRefused(int index)
    {
        var sound = Certificate([0, 1, 2, 3, 4]);

        AssertRefused(sound with { Signatures = [.. sound.Signatures.SkipLast(1), new CommitSignature(index, Given.Signature(0))] }, "of 7");
    }

    [Fact]
    public void Certificate_WithANegativeIndex_IsRefused()
    {
        var sound = Certificate([0, 1, 2, 3, 4]);

        AssertRefused(sound with { Signatures = [new CommitSignature(-1, Given.Signature(0)), .. sound.Signatures.Skip(1)] }, "validator -1");
    }

    [Fact]
    public void Certificate_WithOneBadSignatureBeyondTheQuorum_IsRefused()
    {
        var sound = Certificate([0, 1, 2, 3, 4, 5]);

        AssertRefused(sound with { Signatures = [.. sound.Signatures.SkipLast(1), new CommitSignature(5, Given.Signature(5))] }, "the signature of validator 5 does not verify");
    }

    [Fact]
    public void Certificate_WithChangedFields_IsRefused()
    {
        var sound = Certificate([0, 1, 2, 3, 4]);

        AssertRefused(sound with { Chain = default }, "another chain");
        AssertRefused(sound with { Height = Given.Height.Next }, "of height 9, not 8");
        AssertRefused(sound with { Round = -1 }, "round -1");
        AssertRefused(sound with { Round = 2 }, "does not verify");
        AssertRefused(sound with { Block = default }, "for no block");
        AssertRefused(sound with { Block = Given.HashOf(Given.Block(2, 2)) }, "does not verify");
    }

    [Fact]
    public void Certificate_MadeOfPrevotes_IsRefused()
    {
        CommitSignature[] prevotes = [.. Enumerable.Range(0, 5).Select(i => new CommitSignature(i, KeyedHash.Signed(Given.Prevote(i, 1, Block), Seven).Signature))];

        AssertRefused(Certificate([0, 1, 2, 3, 4]) with { Signatures = prevotes }, "does not verify");
    }

    private static CommitCertificate Certificate(int[] validators) => new(
        Given.Chain, Given.Height, 1, Given.HashOf(Block),
        [.. validators.Select(i => new CommitSignature(i, KeyedHash.Signed(Given.Precommit(i, 1, Block), Seven).Signature))]);

    private static bool Verify(CommitCertificate certificate, out string error) =>
        CertificateRules.TryVerify(certificate, Given.Chain, Given.Height, Seven, new KeyedHash(), out error);

    private static void AssertRefused(CommitCertificate certificate, string reason)
    {
        Assert.False(Verify(certificate, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
