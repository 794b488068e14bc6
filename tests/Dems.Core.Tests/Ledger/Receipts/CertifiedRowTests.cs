using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

public sealed class CertifiedRowTests
{
    private readonly ReceiptChain _chain = new();
    private readonly CertifiedRow _row;

    public CertifiedRowTests()
    {
        _chain.HandOver(ReceiptChain.Keys("second", 4));
        var height = _chain.Add(_chain.Batch(1), _chain.Batch(2));
        _chain.Add();
        _row = _chain.Show(height, 1);
        Assert.Equal(height, _row.Height.Value);
    }

    [Fact]
    public void Row_OfTheChain_IsProvenFromGenesisAfterEncoding()
    {
        Assert.True(CertifiedRow.TryDecode(_row.Encode(), out var decoded, out var error), error.ToString());
        Assert.True(CertifiedRowRules.TryVerify(decoded, _chain.Genesis, KeyedHashSigner.Verifier, out var pool, out error), error.ToString());
        Assert.Equal(_chain.Genesis.PoolOf(_row.Next.Header.Chain), pool);
        Assert.Equal(_row.Row.ToArray(), decoded.Row.ToArray());
    }

    [Fact]
    public void Row_WithAnyByteAltered_IsRefused()
    {
        var bytes = _row.Encode();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.False(CertifiedRow.TryDecode(bytes, out var row, out _) && CertifiedRowRules.TryVerify(row, _chain.Genesis, KeyedHashSigner.Verifier, out _, out _), $"byte {i}");
            bytes[i] ^= 1;
        }
    }

    [Fact]
    public void Row_WithAPartOfAnotherOne_IsRefusedByItsName()
    {
        var other = _chain.Show((int)_row.Height.Value, 0);
        Refused("proof", _row with { Row = other.Row });
        Refused("proof", _row with { Proof = other.Proof });
        Refused("next.header", _row with { HandOvers = [] });
        Refused("next.header", _row with { Next = Elsewhere(_row.Next) });
        Refused("next.certificate", _row with { Next = ReceiptChain.Certify(_row.Next.Header, _chain.Validators, missing: 2) });
    }

    [Fact]
    public void Encoding_BeforeAnyResults_IsRefused()
    {
        var first = _row with { Next = _row.Next with { Header = _row.Next.Header with { Height = Height.Genesis.Next } } };
        Assert.False(CertifiedRow.TryDecode(first.Encode(), out _, out var error));
        Assert.Equal("next", error.Field);
    }

    private static CertifiedHeader Elsewhere(CertifiedHeader next) => next with { Header = next.Header with { Chain = new ChainId(Hash32.Of([1])) } };

    private void Refused(string field, CertifiedRow row)
    {
        Assert.False(CertifiedRowRules.TryVerify(row, _chain.Genesis, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(field, error.Field);
    }
}
