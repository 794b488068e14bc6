using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

/// <summary>Receipts of blocks that other validators decided than those of genesis.</summary>
public sealed class HandOverTests
{
    private readonly ReceiptChain _chain = new();

    [Fact]
    public void Receipt_AfterTwoHandOvers_IsProvenFromGenesis()
    {
        var (second, third) = (ReceiptChain.Keys("second", 4), ReceiptChain.Keys("third", 7));
        var first = _chain.Add(_chain.Batch(1));
        _chain.HandOver(second);
        var middle = _chain.Add(_chain.Batch(2));
        _chain.HandOver(third);
        var last = _chain.Add(_chain.Batch(3));
        _chain.Add();

        Assert.Equal(4, Accepted(_chain.Issue(first, 0)).Validators);
        Assert.Equal(second.Skip(1).Select(key => key.PublicKey), Accepted(_chain.Issue(middle, 0)).Signers);
        Assert.Equal((7, 6), (Accepted(_chain.Issue(last, 0)).Validators, Accepted(_chain.Issue(last, 0)).Signers.Count));
    }

    [Fact]
    public void Receipt_OfTheVeryBlockThatHandsOver_NeedsItForTheNextHeader()
    {
        _chain.HandOver(ReceiptChain.Keys("second", 4));
        _chain.Add(_chain.Batch(1));
        _chain.Add();
        var receipt = _chain.Issue(3, 0);

        Accepted(receipt);
        Refused("block.header", receipt with { HandOvers = [] });
    }

    [Fact]
    public void Receipt_LackingOneOfTheHandOvers_IsRefusedAndSaysSo()
    {
        _chain.HandOver(ReceiptChain.Keys("second", 4));
        _chain.HandOver(ReceiptChain.Keys("third", 4));
        var height = _chain.Add(_chain.Batch(3));
        _chain.Add();
        var receipt = _chain.Issue(height, 0);

        Accepted(receipt);
        Assert.Contains("hand-over is missing", Refused("block.header", receipt with { HandOvers = [receipt.HandOvers[0]] }).Reason, StringComparison.Ordinal);
        Refused("handOvers[0].header", receipt with { HandOvers = [receipt.HandOvers[1]] });
        Refused("handOvers[1].header", receipt with { HandOvers = [receipt.HandOvers[0], receipt.HandOvers[0], receipt.HandOvers[1]] });
    }

    [Fact]
    public void HandOver_ThatTheOldSetDidNotCertify_IsRefused()
    {
        var usurpers = ReceiptChain.Keys("usurper", 4);
        _chain.HandOver(usurpers);
        var height = _chain.Add(_chain.Batch(3));
        _chain.Add();
        var receipt = _chain.Issue(height, 0);
        var honest = receipt.HandOvers[0];

        Refused("handOvers[0].certificate", receipt with { HandOvers = [honest with { Block = ReceiptChain.Certify(honest.Block.Header, usurpers, missing: 0) }] });
        Refused("handOvers[0].keys", receipt with { HandOvers = [honest with { Next = ReceiptChain.SetOf(ReceiptChain.Keys("other", 4)) }] });
    }

    [Fact]
    public void Issuer_WhoVotedEarlierOnly_IsAMemberStill()
    {
        _chain.HandOver(ReceiptChain.Keys("second", 4));
        var height = _chain.Add(_chain.Batch(3));
        _chain.Add();

        // Member 2 is in the first set and signed the issuer's field.
        Assert.Equal(_chain.Ledger.Members[2].PublicKey, Accepted(_chain.Issue(height, 0)).Issuer);
    }

    private ReceiptFindings Accepted(Receipt receipt)
    {
        Assert.True(ReceiptRules.TryVerify(receipt, _chain.Genesis, KeyedHashSigner.Verifier, out var findings, out var error), error.ToString());
        return findings;
    }

    private ReceiptError Refused(string field, Receipt receipt)
    {
        Assert.False(ReceiptRules.TryVerify(receipt, _chain.Genesis, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(field, error.Field);
        return error;
    }
}
