using System.Formats.Cbor;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;

namespace Dems.Core.Governance.Encoding;

/// <summary>The canonical bytes of what a ballot proposes; docs/format.md lists them by kind. Validator changes are in <see cref="ValidatorChangeCodec"/>.</summary>
public static class BallotPayloadCodec
{
    private const int MaxSettlementPeriod = 64;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(BallotPayload payload)
    {
        var writer = Canonical.NewWriter();
        switch (payload)
        {
            case RuleChange rule:
                writer.WriteStartArray(2);
                writer.WriteInt32((int)rule.Carrier);
                writer.WriteByteString(rule.Policy.Span);
                writer.WriteEndArray();
                break;
            case TariffChange tariff:
                writer.WriteByteString(tariff.Tariff.Span);
                break;
            case AdmissionChange admission:
                BodyCodec.Write(writer, admission.Body, salt: default);
                break;
            case ValidatorChange change:
                ValidatorChangeCodec.Write(writer, change);
                break;
            case ProtocolActivation activation:
                writer.WriteInt32(activation.Version);
                break;
            case TimeZoneActivation activation:
                Canonical.WriteHash(writer, activation.Data);
                break;
            case SettlementApproval approval:
                writer.WriteStartArray(4);
                writer.WriteTextString(approval.Period);
                Canonical.WriteHash(writer, approval.Statements);
                writer.WriteInt64(approval.AsOf);
                writer.WriteInt32(approval.Notes);
                writer.WriteEndArray();
                break;
            case GovernanceChange change:
                GovernanceCodec.Write(writer, change.Rules);
                break;
            case Resolution:
                writer.WriteNull();
                break;
            default:
                throw new ArgumentException($"{payload.Kind} has no encoding.", nameof(payload));
        }

        return writer.Encode();
    }

    /// <summary>Decodes strictly what a ballot of a kind may propose; false with a reason otherwise. Independent of the state.</summary>
    public static bool TryDecode(BallotKind kind, ReadOnlyMemory<byte> bytes, out BallotPayload payload, out string error)
    {
        if (kind == BallotKind.Admission)
        {
            return TryDecodeAdmission(bytes, out payload, out error);
        }

        return Canonical.TryDecode(bytes, BallotPayload.MaxBytes, "payload", reader => Read(kind, reader), out payload, out error);
    }

    private static BallotPayload Read(BallotKind kind, CborReader reader)
    {
        switch (kind)
        {
            case BallotKind.Rule:
                Canonical.ReadArray(reader, 2);
                var rule = new RuleChange((Carrier)reader.ReadInt32(), reader.ReadByteString());
                reader.ReadEndArray();
                if (!Enum.IsDefined(rule.Carrier))
                {
                    throw new FormatException($"carrier {(int)rule.Carrier} is not known");
                }

                return PolicyCodec.TryDecode(rule.Policy, out _, out var policyError) ? rule : throw new FormatException(policyError);
            case BallotKind.Tariff:
                var tariff = new TariffChange(reader.ReadByteString());
                return TariffCodec.TryDecode(tariff.Tariff, out _, out var error) ? tariff : throw new FormatException(error);
            case BallotKind.Validators:
                return ValidatorChangeCodec.Read(reader);
            case BallotKind.Protocol:
                return new ProtocolActivation((int)Canonical.ReadInteger(reader, 1, int.MaxValue, "protocol version"));
            case BallotKind.TimeZones:
                return new TimeZoneActivation(Canonical.ReadHash(reader));
            case BallotKind.Settlement:
                Canonical.ReadArray(reader, 4);
                var period = Canonical.ReadText(reader, MaxSettlementPeriod, "period");
                var statements = Canonical.ReadHash(reader);
                var asOf = Canonical.ReadInteger(reader, 0, long.MaxValue, "height");
                var approval = new SettlementApproval(period, statements, asOf, (int)Canonical.ReadInteger(reader, 0, SettlementApproval.MaxNotes, "number of notes"));
                reader.ReadEndArray();
                return BillingPeriod.TryParse(period, out _) ? approval : throw new FormatException($"period '{period}': a month such as 2026-11, a year, a day or two days such as 2026-11-01/2026-12-01 are expected");
            case BallotKind.Governance:
                return new GovernanceChange(GovernanceCodec.Read(reader));
            case BallotKind.Resolution:
                reader.ReadNull();
                return new Resolution();
            default:
                throw new FormatException($"a ballot of kind {(int)kind} has no payload in this version");
        }
    }

    private static bool TryDecodeAdmission(ReadOnlyMemory<byte> bytes, out BallotPayload payload, out string error)
    {
        payload = null!;
        if (!EntryCodec.TryReadAdmission(bytes, out var body, out error))
        {
            return false;
        }

        payload = new AdmissionChange(body);
        return true;
    }
}
