using System.Formats.Cbor;
using Dems.Core.Governance.Encoding;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>The rules that later proposals are taken and counted by, as <see cref="GovernanceCodec"/> encodes them.</summary>
internal sealed record GovernanceRecord(GovernanceRules Rules) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(32);
        GovernanceCodec.Write(writer, Rules);
        return writer.Encode();
    }

    public static GovernanceRecord Read(CborReader reader) => new(GovernanceCodec.Read(reader));
}
