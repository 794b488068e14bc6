using System.Security.Cryptography;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

/// <summary>Every field of a receipt, altered by itself: refused, with a reason that names it. And every single byte of the file.</summary>
public sealed class AlteredReceiptTests
{
    private static readonly ReceiptChain Chain = Build();
    private static readonly Receipt Whole = Chain.Issue(4, 1);
    private static readonly Receipt Single = Chain.Issue(4, 1, 2);

    private static readonly SortedDictionary<string, (string Field, Receipt Receipt)> Alterations = new(StringComparer.Ordinal)
    {
        ["hand-over header"] = ("handOvers[0]", Whole with { HandOvers = [Changed(Whole.HandOvers[0], header => header with { StateRoot = Other })] }),
        ["hand-over next validators"] = ("handOvers[0]", Whole with { HandOvers = [Changed(Whole.HandOvers[0], header => header with { NextValidators = Other })] }),
        ["hand-over keys"] = ("handOvers[0].keys", Whole with { HandOvers = [Whole.HandOvers[0] with { Next = ReceiptChain.SetOf(ReceiptChain.Keys("other", 4)) }] }),
        ["header protocol version"] = ("block", OfBlock(header => header with { ProtocolVersion = 2 })),
        ["header chain"] = ("block.header", OfBlock(header => header with { Chain = new ChainId(Other) })),
        ["header height"] = ("block", OfBlock(header => header with { Height = header.Height.Next })),
        ["header round"] = ("block", OfBlock(header => header with { Round = 1 })),
        ["header time"] = ("block", OfBlock(header => header with { Time = new BlockTime(header.Time.UnixMilliseconds + 1) })),
        ["header proposer"] = ("block", OfBlock(header => header with { Proposer = 1 })),
        ["header previous"] = ("block", OfBlock(header => header with { Previous = new BlockHash(Other) })),
        ["header tree size"] = ("block", OfBlock(header => header with { TreeSize = header.TreeSize + 1 })),
        ["header tree root"] = ("block", OfBlock(header => header with { TreeRoot = Other })),
        ["header results root"] = ("block", OfBlock(header => header with { ResultsRoot = Other })),
        ["header state root"] = ("block", OfBlock(header => header with { StateRoot = Other })),
        ["header validators"] = ("block.header", OfBlock(header => header with { Validators = Other })),
        ["header next validators"] = ("block", OfBlock(header => header with { NextValidators = Other })),
        ["certificate chain"] = ("block.certificate", OfCertificate(c => c with { Chain = new ChainId(Other) })),
        ["certificate height"] = ("block.certificate", OfCertificate(c => c with { Height = c.Height.Next })),
        ["certificate round"] = ("block.certificate", OfCertificate(c => c with { Round = 1 })),
        ["certificate block"] = ("block.certificate", OfCertificate(c => c with { Block = new BlockHash(Other) })),
        ["certificate validator"] = ("block.certificate", OfCertificate(c => c with { Signatures = [c.Signatures[0] with { Validator = 0 }, .. c.Signatures.Skip(1)] })),
        ["certificate signature"] = ("block.certificate", OfCertificate(c => c with { Signatures = [c.Signatures[0] with { Signature = Flipped(c.Signatures[0].Signature) }, .. c.Signatures.Skip(1)] })),
        ["next results root"] = ("next", Whole with { Next = Changed(Whole.Next, header => header with { ResultsRoot = Other }) }),
        ["next previous"] = ("next.header", Whole with { Next = Changed(Whole.Next, header => header with { Previous = new BlockHash(Other) }) }),
        ["next signature"] = ("next.certificate", Whole with { Next = Whole.Next with { Certificate = Whole.Next.Certificate with { Round = 1 } } }),
        ["result index"] = ("result", Whole with { Result = Whole.Result with { Index = Whole.Result.Index + 1 } }),
        ["result leaf"] = ("result", Whole with { Result = Whole.Result with { Leaf = new LeafHash(Other) } }),
        ["result content"] = ("result", Whole with { Result = Whole.Result with { Content = new ContentId(Other) } }),
        ["result kind"] = ("result", Whole with { Result = Whole.Result with { Kind = EntryKind.Delegation } }),
        ["result outcome"] = ("result", Whole with { Result = Whole.Result with { Outcome = EntryOutcome.RefusedTaken } }),
        ["result place"] = ("result", Whole with { Result = Whole.Result with { At = 0 } }),
        ["result node"] = ("result", Whole with { Result = Whole.Result with { Node = default } }),
        ["result readings root"] = ("result", Whole with { Result = Whole.Result with { ReadingsRoot = Other } }),
        ["result readings"] = ("result", Whole with { Result = Whole.Result with { Readings = 6 } }),
        ["result role"] = ("result", Whole with { Result = Whole.Result with { Role = SigningRole.Node } }),
        ["result proof salt"] = ("resultProof", Whole with { ResultProof = Whole.ResultProof with { Salt = Flipped(Whole.ResultProof.Salt) } }),
        ["result proof index"] = ("resultProof", Whole with { ResultProof = Whole.ResultProof with { Inclusion = Whole.ResultProof.Inclusion with { Index = 0 } } }),
        ["result proof size"] = ("resultProof", Whole with { ResultProof = Whole.ResultProof with { Inclusion = Whole.ResultProof.Inclusion with { TreeSize = 4 } } }),
        ["result proof path"] = ("resultProof", Whole with { ResultProof = Whole.ResultProof with { Inclusion = Whole.ResultProof.Inclusion with { Path = [Other, .. Whole.ResultProof.Inclusion.Path.Skip(1)] } } }),
        ["statement key"] = ("statement", Whole with { Statement = Whole.Statement with { Key = new KeyedHashSigner("other").PublicKey } }),
        ["statement index"] = ("statement", Whole with { Statement = Whole.Statement with { Inclusion = Whole.Statement.Inclusion with { Index = 0 } } }),
        ["statement size"] = ("statement", Whole with { Statement = Whole.Statement with { Inclusion = Whole.Statement.Inclusion with { TreeSize = 100 } } }),
        ["statement path"] = ("statement", Whole with { Statement = Whole.Statement with { Inclusion = Whole.Statement.Inclusion with { Path = [] } } }),
        ["statement signature"] = ("statement", Whole with { Statement = Whole.Statement with { Signature = Flipped(Whole.Statement.Signature) } }),
        ["issuer member"] = ("issuer", Whole with { Issuer = Whole.Issuer with { Member = Chain.Ledger.Members[1].PublicKey } }),
        ["issuer signature"] = ("issuer", Whole with { Issuer = Whole.Issuer with { Signature = Flipped(Whole.Issuer.Signature) } }),
        ["subject entry"] = ("subject", Whole with { Subject = new ReceiptSubject.Entry(Flipped(((ReceiptSubject.Entry)Whole.Subject).Bytes)) }),
        ["reading register"] = ("subject.readings[0]", OfReading(reading => reading with { Register = Register.Export })),
        ["reading start"] = ("subject.readings[0]", OfReading(reading => reading with { Start = reading.Start + 900 })),
        ["reading duration"] = ("subject.readings[0]", OfReading(reading => reading with { Duration = 901 })),
        ["reading quantity"] = ("subject.readings[0]", OfReading(reading => reading with { Quantity = reading.Quantity + 1 })),
        ["reading quality"] = ("subject.readings[0]", OfReading(reading => reading with { Quality = Quality.Estimated })),
        ["reading revision"] = ("subject.readings[0]", OfReading(reading => reading with { Revision = 1 })),
        ["reading salt"] = ("subject.readings[0]", OfProof(proof => proof with { Salt = Flipped(proof.Salt) })),
        ["reading index"] = ("subject.readings[0]", OfProof(proof => proof with { Inclusion = proof.Inclusion with { Index = 3 } })),
        ["reading tree size"] = ("subject.readings[0]", OfProof(proof => proof with { Inclusion = proof.Inclusion with { TreeSize = 6 } })),
        ["reading path"] = ("subject.readings[0]", OfProof(proof => proof with { Inclusion = proof.Inclusion with { Path = [.. proof.Inclusion.Path.Skip(1)] } })),
    };

    private static Hash32 Other => Samples.HashOf("other");

    public static TheoryData<string> Names => [.. Alterations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Field_Altered_IsRefusedNamingIt(string name)
    {
        var (field, receipt) = Alterations[name];

        Assert.False(ReceiptRules.TryVerify(receipt, Chain.Genesis, KeyedHashSigner.Verifier, out _, out var error));
        Assert.StartsWith(field, error.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_NotAltered_IsAccepted()
    {
        Assert.True(ReceiptRules.TryVerify(Whole, Chain.Genesis, KeyedHashSigner.Verifier, out _, out var error), error.ToString());
        Assert.True(ReceiptRules.TryVerify(Single, Chain.Genesis, KeyedHashSigner.Verifier, out _, out error), error.ToString());
    }

    [Fact]
    public void File_AnyByteAltered_IsRefused()
    {
        foreach (var receipt in new[] { Whole, Single })
        {
            var bytes = ReceiptCodec.Encode(receipt);
            for (var i = 0L; i < TestScale.Times(bytes.Length); i++)
            {
                var altered = (byte[])bytes.Clone();
                var place = i % bytes.Length;
                altered[place] ^= (byte)(1 << RandomNumberGenerator.GetInt32(8));

                var accepted = ReceiptCodec.TryDecode(altered, out var decoded, out _)
                    && ReceiptRules.TryVerify(decoded, Chain.Genesis, KeyedHashSigner.Verifier, out _, out _);

                Assert.False(accepted, $"byte {place} may be {altered[place]:x2} instead of {bytes[place]:x2}");
            }
        }
    }

    private static ReceiptChain Build()
    {
        var chain = new ReceiptChain();
        chain.Add(chain.Batch(9));
        chain.HandOver(ReceiptChain.Keys("second", 4));
        chain.Add(chain.Batch(1), chain.Ledger.Import(chain.Ledger.Gateway, Samples.Midnight, 0, 1, 2, 3, 4, 5), chain.Batch(4));
        chain.Add();
        return chain;
    }

    private static Receipt OfBlock(Func<BlockHeader, BlockHeader> change) => Whole with { Block = Changed(Whole.Block, change) };

    private static Receipt OfCertificate(Func<Core.Consensus.CommitCertificate, Core.Consensus.CommitCertificate> change) =>
        Whole with { Block = Whole.Block with { Certificate = change(Whole.Block.Certificate) } };

    private static Receipt OfReading(Func<Reading, Reading> change) => OfProof(proof => proof with { Reading = change(proof.Reading) });

    private static Receipt OfProof(Func<ReadingProof, ReadingProof> change) =>
        Single with { Subject = new ReceiptSubject.Readings([change(((ReceiptSubject.Readings)Single.Subject).Proofs[0])]) };

    private static HandOver Changed(HandOver handOver, Func<BlockHeader, BlockHeader> change) => handOver with { Block = Changed(handOver.Block, change) };

    private static CertifiedHeader Changed(CertifiedHeader certified, Func<BlockHeader, BlockHeader> change) => certified with { Header = change(certified.Header) };

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[0] ^= 1;
        return flipped;
    }
}
