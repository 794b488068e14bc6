using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>The bodies of entries: arrays that start with their kind, then the fields in the order of docs/format.md. Batches are in <see cref="BatchCodec"/>, evidence in <see cref="EvidenceBodyCodec"/>, ballots in <see cref="BallotCodec"/>, messages in <see cref="MessageCodec"/>.</summary>
internal static class BodyCodec
{
    public static void Write(CborWriter writer, EntryBody body, ReadOnlySpan<byte> salt)
    {
        switch (body)
        {
            case ReadingBatch batch:
                BatchCodec.Write(writer, batch, salt);
                break;
            case PartyRegistration party:
                Start(writer, body, 4);
                writer.WriteByteString(party.Party.Bytes);
                writer.WriteTextString(party.Name);
                writer.WriteByteString(party.Proof.Span);
                break;
            case NodeRegistration node:
                WriteNode(writer, node);
                break;
            case Delegation delegation:
                WriteDelegation(writer, delegation);
                break;
            case KeyRotation rotation:
                Start(writer, body, 3);
                writer.WriteByteString(rotation.NewKey.Bytes);
                writer.WriteByteString(rotation.Proof.Span);
                break;
            case Retirement retirement:
                WriteRetirement(writer, retirement);
                break;
            case EvidenceReport report:
                EvidenceBodyCodec.Write(writer, report);
                break;
            case BallotProposal proposal:
                BallotCodec.Write(writer, proposal);
                break;
            case BallotVote vote:
                BallotCodec.Write(writer, vote);
                break;
            case NodeMessage message:
                MessageCodec.Write(writer, message);
                break;
            default:
                throw new ArgumentException($"{body.Kind} has no encoding.", nameof(body));
        }

        writer.WriteEndArray();
    }

    public static EntryBody Read(EntryReader reader, ChainId chain, ReadOnlySpan<byte> salt)
    {
        var places = reader.ArrayOf("", 1, 16);
        return Read(reader, places, reader.Choice<EntryKind>("kind"), chain, salt);
    }

    /// <summary>Reads a body that a ballot may propose: a registration or retirement of a party or a node. No other kind is even looked at, so that ballots cannot nest.</summary>
    public static EntryBody ReadAdmission(EntryReader reader)
    {
        var places = reader.ArrayOf("", 1, 16);
        var kind = reader.Choice<EntryKind>("kind");
        if (kind is not (EntryKind.PartyRegistration or EntryKind.NodeRegistration or EntryKind.Retirement))
        {
            throw reader.Refuse($"{kind} is not what admits or removes", EntryErrorCode.Kind);
        }

        var body = Read(reader, places, kind, default, default);
        return body is Retirement { Subject: RetirementSubject.Delegation } ? throw reader.Refuse("a delegation is the party's own matter") : body;
    }

    private static EntryBody Read(EntryReader reader, int places, EntryKind kind, ChainId chain, ReadOnlySpan<byte> salt)
    {
        var expected = kind switch
        {
            EntryKind.Batch => 4,
            EntryKind.PartyRegistration => 4,
            EntryKind.NodeRegistration => 7,
            EntryKind.Delegation => 7,
            EntryKind.KeyRotation => 3,
            EntryKind.Retirement => 5,
            EntryKind.Evidence => 8,
            EntryKind.BallotProposal => BallotCodec.ProposalPlaces,
            EntryKind.BallotVote => BallotCodec.VotePlaces,
            EntryKind.NodeMessage => MessageCodec.Places,
            _ => throw reader.Refuse($"{kind} has no encoding in this version", EntryErrorCode.Kind),
        };
        if (places != expected)
        {
            throw reader.Refuse($"a body of {expected} places was expected, {places} found", EntryErrorCode.Malformed);
        }

        EntryBody body = kind switch
        {
            EntryKind.Batch => BatchCodec.Read(reader, salt),
            EntryKind.PartyRegistration => new PartyRegistration(reader.Key("party"), reader.Text("name", EntryText.PartyName), ReadProof(reader)),
            EntryKind.NodeRegistration => ReadNode(reader),
            EntryKind.Delegation => ReadDelegation(reader),
            EntryKind.KeyRotation => new KeyRotation(reader.Key("new key"), ReadProof(reader)),
            EntryKind.Evidence => EvidenceBodyCodec.Read(reader, chain),
            EntryKind.BallotProposal => BallotCodec.ReadProposal(reader),
            EntryKind.BallotVote => BallotCodec.ReadVote(reader),
            EntryKind.NodeMessage => MessageCodec.Read(reader),
            _ => ReadRetirement(reader),
        };
        reader.EndArray();
        return body;
    }

    internal static void Start(CborWriter writer, EntryBody body, int places)
    {
        writer.WriteStartArray(places);
        writer.WriteInt32((int)body.Kind);
    }

    private static ReadOnlyMemory<byte> ReadProof(EntryReader reader) => reader.Bytes("proof", Es256.SignatureSize);

    private static void WriteNode(CborWriter writer, NodeRegistration node)
    {
        Start(writer, node, 7);
        writer.WriteByteString(node.Node.Bytes);
        writer.WriteTextString(node.MeteringPoint);
        writer.WriteByteString(node.Party.ToArray());
        writer.WriteStartArray(node.Sources.Count);
        foreach (var source in node.Sources)
        {
            writer.WriteStartArray(5);
            writer.WriteTextString(source.Name);
            writer.WriteInt32((int)source.Carrier);
            writer.WriteInt32((int)source.Kind);
            writer.WriteInt64(source.PowerLimitW);
            writer.WriteInt64(source.MaxEnergyWh);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteInt64(node.ValidFrom);
        writer.WriteByteString(node.Proof.Span);
    }

    private static NodeRegistration ReadNode(EntryReader reader)
    {
        var key = reader.Key("node");
        var meteringPoint = reader.Text("metering point", EntryText.MeteringPoint);
        var party = reader.Address("party");
        var sources = new EnergySource[reader.ArrayOf("sources", 1, NodeRegistration.MaxSources)];
        for (var i = 0; i < sources.Length; i++)
        {
            reader.Item("sources", i);
            reader.Array("", 5);
            var name = reader.Text("name", EntryText.SourceName);
            if (sources.Take(i).Any(source => source.Name == name))
            {
                throw reader.Refuse($"'{name}' stands twice");
            }

            sources[i] = new EnergySource(
                name,
                reader.Choice<Carrier>("carrier"),
                reader.Choice<SourceKind>("kind"),
                reader.Integer("power limit", 0, EnergySource.MaxPowerW),
                reader.Integer("max energy", 0, Reading.MaxQuantity));
            reader.EndArray();
        }

        reader.EndArray();
        reader.Item("", -1);
        return new NodeRegistration(key, meteringPoint, party, sources, reader.Integer("valid from", 0, Reading.MaxStart), ReadProof(reader));
    }

    private static void WriteDelegation(CborWriter writer, Delegation delegation)
    {
        Start(writer, delegation, 7);
        writer.WriteByteString(delegation.Delegate.Bytes);
        writer.WriteInt32((int)delegation.Role);
        writer.WriteByteString(delegation.Node.ToArray());
        writer.WriteStartArray(delegation.Registers.Count);
        foreach (var register in delegation.Registers)
        {
            writer.WriteInt32((int)register);
        }

        writer.WriteEndArray();
        writer.WriteInt64(delegation.ValidFrom);
        writer.WriteInt64(delegation.ValidUntil);
    }

    private static Delegation ReadDelegation(EntryReader reader)
    {
        var key = reader.Key("delegate");
        var role = reader.Choice<DelegationRole>("role");
        var node = reader.Address("node");
        var registers = new Register[reader.ArrayOf("registers", 1, Enum.GetValues<Register>().Length)];
        for (var i = 0; i < registers.Length; i++)
        {
            registers[i] = reader.Choice<Register>("registers");
            if (i > 0 && registers[i] <= registers[i - 1])
            {
                throw reader.Refuse("must ascend strictly");
            }
        }

        reader.EndArray();
        var from = reader.Integer("valid from", 0, Reading.MaxStart);
        var until = reader.Integer("valid until", 0, Reading.MaxStart);
        return until == 0 || until > from
            ? new Delegation(key, role, node, registers, from, until)
            : throw reader.Refuse("must be 0 or after valid from");
    }

    private static void WriteRetirement(CborWriter writer, Retirement retirement)
    {
        Start(writer, retirement, 5);
        writer.WriteInt32((int)retirement.Subject);
        writer.WriteByteString(retirement.Address.ToArray());
        if (retirement.Subject == RetirementSubject.Delegation)
        {
            Canonical.WriteHash(writer, retirement.Delegate);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteInt64(retirement.Effective);
    }

    private static Retirement ReadRetirement(EntryReader reader)
    {
        var subject = reader.Choice<RetirementSubject>("subject");
        var address = reader.Address("address");
        var ofDelegation = subject == RetirementSubject.Delegation;
        if (reader.Null("delegate") == ofDelegation)
        {
            throw reader.Refuse(ofDelegation ? "is missing" : "must be null");
        }

        var fingerprint = ofDelegation ? reader.Hash("delegate") : default;
        var effective = reader.Integer("effective", 0, Reading.MaxStart);
        return effective != 0 == (subject == RetirementSubject.Node)
            ? new Retirement(subject, address, fingerprint, effective)
            : throw reader.Refuse("must be given for a node, and be 0 otherwise: the others end at once");
    }
}
