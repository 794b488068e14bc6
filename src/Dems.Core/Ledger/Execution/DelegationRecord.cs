using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>A key's right to sign for a node: [role, registers as bits, valid from, valid until, revoked].</summary>
/// <param name="Role">What holds the key.</param>
/// <param name="Registers">Bit n stands for register number n.</param>
/// <param name="ValidFrom">First second covered, since 1970-01-01T00:00:00Z.</param>
/// <param name="ValidUntil">First second no longer covered; 0 is open.</param>
/// <param name="Revoked">Whether it was retired, so that nothing signed under it is applied any more.</param>
public sealed record DelegationRecord(DelegationRole Role, int Registers, long ValidFrom, long ValidUntil, bool Revoked) : IStateRecord
{
    /// <summary>The bits of some registers.</summary>
    public static int BitsOf(IEnumerable<Register> registers) => registers.Aggregate(0, (bits, register) => bits | 1 << (int)register);

    /// <summary>Whether it covers an interval [start, end) of a register.</summary>
    public bool Covers(Register register, long start, long end) =>
        (Registers >> (int)register & 1) != 0 && start >= ValidFrom && (ValidUntil == 0 || end <= ValidUntil);

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(32);
        writer.WriteStartArray(5);
        writer.WriteInt32((int)Role);
        writer.WriteInt32(Registers);
        writer.WriteInt64(ValidFrom);
        writer.WriteInt64(ValidUntil);
        writer.WriteBoolean(Revoked);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static DelegationRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var record = new DelegationRecord(
            (DelegationRole)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
        reader.ReadEndArray();
        return record;
    }
}
