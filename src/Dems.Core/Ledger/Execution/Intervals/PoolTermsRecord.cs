using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>The pool's terms, as genesis states them.</summary>
internal sealed record PoolTermsRecord(PoolTerms Terms) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(128);
        TermsCodec.Write(writer, Terms);
        return writer.Encode();
    }

    public static PoolTermsRecord Read(CborReader reader) => new(TermsCodec.Read(reader));
}
