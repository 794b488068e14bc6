using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Governance.Encoding;

/// <summary>Changes of the validator set: [1, key, name, proof] adds, [2, key] removes, [3, key, new key, proof] replaces.</summary>
internal static class ValidatorChangeCodec
{
    private const int Add = 1;
    private const int Remove = 2;
    private const int Replace = 3;

    public static void Write(CborWriter writer, ValidatorChange change)
    {
        switch (change)
        {
            case ValidatorChange.Add add:
                writer.WriteStartArray(4);
                writer.WriteInt32(Add);
                writer.WriteByteString(add.Key.Bytes);
                writer.WriteTextString(add.Name);
                writer.WriteByteString(add.Proof.Span);
                break;
            case ValidatorChange.Remove remove:
                writer.WriteStartArray(2);
                writer.WriteInt32(Remove);
                writer.WriteByteString(remove.Key.Bytes);
                break;
            case ValidatorChange.Replace replace:
                writer.WriteStartArray(4);
                writer.WriteInt32(Replace);
                writer.WriteByteString(replace.Key.Bytes);
                writer.WriteByteString(replace.NewKey.Bytes);
                writer.WriteByteString(replace.Proof.Span);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} has no encoding.", nameof(change));
        }

        writer.WriteEndArray();
    }

    public static ValidatorChange Read(CborReader reader)
    {
        var places = Canonical.ReadArrayUpTo(reader, 4);
        ValidatorChange change = (places, reader.ReadInt32()) switch
        {
            (4, Add) => new ValidatorChange.Add(ReadKey(reader), ReadName(reader), ReadProof(reader)),
            (2, Remove) => new ValidatorChange.Remove(ReadKey(reader)),
            (4, Replace) => new ValidatorChange.Replace(ReadKey(reader), ReadKey(reader), ReadProof(reader)),
            var (length, operation) => throw new FormatException($"operation {operation} with {length} places is not known"),
        };
        reader.ReadEndArray();
        return change;
    }

    private static PublicKey ReadKey(CborReader reader) => new(Canonical.ReadBytes(reader, PublicKey.Size, "key").Span);

    private static ReadOnlyMemory<byte> ReadProof(CborReader reader) => Canonical.ReadBytes(reader, Es256.SignatureSize, "proof");

    private static string ReadName(CborReader reader)
    {
        var name = Canonical.ReadText(reader, Genesis.MaxName, "name");
        return EntryText.MemberName.Refusal(name) is { } refusal ? throw new FormatException($"name {refusal}") : name;
    }
}
