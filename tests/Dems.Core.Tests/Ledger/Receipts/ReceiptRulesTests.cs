using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

public sealed class ReceiptRulesTests
{
    private static readonly ReceiptChain Chain = Build();

    [Fact]
    public void Receipt_OfABatch_ProvesPlaceOutcomeAndReadings()
    {
        var findings = Accepted(Chain.Issue(2, 1));

        Assert.Equal((4L, EntryOutcome.Applied, SigningRole.Gateway), (findings.Result.Index, findings.Result.Outcome, findings.Result.Role));
        Assert.Equal([1L, 2, 3, 4, 5], findings.Readings.Select(reading => reading.Quantity));
        Assert.Equal((2L, 3, 4), (findings.Header.Height.Value, findings.Signers.Count, findings.Validators));
        Assert.Equal(Chain.Ledger.Members[2].PublicKey, findings.Issuer);
        Assert.NotNull(findings.Entry);
    }

    [Fact]
    public void Receipt_OfARefusedEntry_ProvesTheRefusal()
    {
        var findings = Accepted(Chain.Issue(2, 2));

        Assert.Equal((EntryOutcome.RefusedRevision, 1), (findings.Result.Outcome, findings.Result.At));
    }

    [Fact]
    public void Receipt_OfARegistration_HasNoReadings()
    {
        var findings = Accepted(Chain.Issue(1, 0));

        Assert.IsType<PartyRegistration>(findings.Entry!.Body);
        Assert.Empty(findings.Readings);
    }

    [Fact]
    public void Receipt_OfOneReading_ShowsThisOneAndNeitherTheEntryNorAnother()
    {
        var receipt = Chain.Issue(2, 1, 3);

        var findings = Accepted(receipt);

        Assert.Equal(4L, Assert.Single(findings.Readings).Quantity);
        Assert.Null(findings.Entry);
        var entry = ((ReceiptSubject.Entry)Chain.Issue(2, 1).Subject).Bytes;
        Assert.Equal(-1, ReceiptCodec.Encode(receipt).AsSpan().IndexOf(entry.Span[^64..]));
    }

    [Fact]
    public void Receipt_OfSomeReadings_ShowsThemInOrder()
    {
        Assert.Equal([1L, 4, 5], Accepted(Chain.Issue(2, 1, 0, 3, 4)).Readings.Select(reading => reading.Quantity));
        Refused("subject.readings[1]", Chain.Issue(2, 1, 3, 0));
        Refused("subject.readings[1]", Chain.Issue(2, 1, 3, 3));
    }

    [Fact]
    public void Receipt_OfReadingsOfAnotherBatch_IsRefused()
    {
        Refused("subject.readings[0]", Chain.Issue(2, 1) with { Subject = Chain.Issue(2, 0, 0).Subject });
        Refused("subject", Chain.Issue(1, 0) with { Subject = Chain.Issue(2, 0, 0).Subject });
        Refused("subject", Chain.Issue(2, 1) with { Subject = new ReceiptSubject.Readings([]) });
        Refused("subject", Chain.Issue(2, 1) with { Subject = Chain.Issue(2, 0).Subject });
    }

    [Fact]
    public void Receipt_OfAnotherNetwork_IsRefused()
    {
        var refused = ReceiptRules.TryVerify(Chain.Issue(2, 1), Samples.Genesis, KeyedHashSigner.Verifier, out var findings, out var error);

        Assert.False(refused);
        Assert.Null(findings);
        Assert.Equal("block.header", error.Field);
    }

    [Fact]
    public void Block_WithTooFewSignatures_IsRefused()
    {
        var receipt = Chain.Issue(2, 1);

        Refused("block.certificate", receipt with { Block = ReceiptChain.Certify(receipt.Block.Header, Chain.Ledger.Members, missing: 2) });
        Refused("next.certificate", receipt with { Next = ReceiptChain.Certify(receipt.Next.Header, Chain.Ledger.Members, missing: 2) });
    }

    [Fact]
    public void Block_SignedByStrangers_IsRefusedAlthoughItNamesThemItself()
    {
        var strangers = ReceiptChain.Keys("stranger", 4);
        var receipt = Chain.Issue(2, 1);
        var header = receipt.Block.Header with { Validators = ReceiptChain.SetOf(strangers).Hash };

        Refused("block.header", receipt with { Block = ReceiptChain.Certify(header, strangers, missing: 0) });
        Refused("block.certificate", receipt with { Block = ReceiptChain.Certify(receipt.Block.Header, strangers, missing: 0) });
    }

    [Fact]
    public void Next_OfAnotherBlock_IsRefused()
    {
        Refused("next.header", Chain.Issue(2, 1) with { Next = Chain.Issue(3, 0).Next });
        Refused("next.header", Chain.Issue(2, 1) with { Next = Chain.Issue(2, 1).Block });
    }

    [Fact]
    public void Result_OfAnotherEntryOfTheBlock_IsRefused()
    {
        var other = Chain.Issue(2, 0);

        Refused("resultProof", Chain.Issue(2, 1) with { Result = other.Result });
        Refused("resultProof", Chain.Issue(2, 1) with { ResultProof = other.ResultProof });
        Refused("statement", Chain.Issue(2, 1) with { Result = other.Result, ResultProof = other.ResultProof });
        Refused("statement", Chain.Issue(2, 1) with { Statement = other.Statement });
    }

    [Fact]
    public void Issuer_WhoIsNoMember_IsRefused()
    {
        var stranger = new KeyedHashSigner("stranger");

        Refused("issuer", Chain.Issue(2, 1) with { Issuer = ReceiptIssuer.Of(Chain.Genesis.Hash, Chain.ReceiptKey.PublicKey, stranger) });
        Refused("issuer", Chain.Issue(2, 1) with { Issuer = ReceiptIssuer.Of(Chain.Genesis.Hash, stranger.PublicKey, Chain.Ledger.Members[2]) });
        Refused("issuer", Chain.Issue(2, 1) with { Issuer = ReceiptIssuer.Of(Samples.Genesis.Hash, Chain.ReceiptKey.PublicKey, Chain.Ledger.Members[2]) });
    }

    private static ReceiptChain Build()
    {
        var chain = new ReceiptChain();
        chain.Add(chain.Batch(9), chain.Ledger.Import(chain.Ledger.Gateway, Samples.Midnight, 0, 1, 2, 3, 4, 5), chain.Ledger.Import(chain.Ledger.NodeKey, Samples.Midnight, 0, 1, 7));
        chain.Add(chain.Batch(1));
        chain.Add();
        return chain;
    }

    private static ReceiptFindings Accepted(Receipt receipt)
    {
        Assert.True(ReceiptRules.TryVerify(receipt, Chain.Genesis, KeyedHashSigner.Verifier, out var findings, out var error), error.ToString());
        return findings;
    }

    private static void Refused(string field, Receipt receipt)
    {
        Assert.False(ReceiptRules.TryVerify(receipt, Chain.Genesis, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Reason);
    }
}
