using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Encoding;

/// <summary>Reads the fields of an entry and remembers which one it is at, so that a refusal can name it. Runs inside <see cref="EntryCodec"/>, which catches.</summary>
internal sealed class EntryReader(ReadOnlyMemory<byte> bytes, string root)
{
    private readonly CborReader _cbor = new(bytes, CborConformanceMode.Canonical);
    private string _field = "";
    private string _list = "";
    private int _index = -1;

    /// <summary>Path of the field read last.</summary>
    public string Where => (_index < 0, _field.Length == 0) switch
    {
        (true, true) => root,
        (true, false) => $"{root}.{_field}",
        (false, true) => $"{root}.{_list}[{_index}]",
        _ => $"{root}.{_list}[{_index}].{_field}",
    };

    /// <summary>Code of the refusal if the current field is the reason.</summary>
    public EntryErrorCode Code { get; set; } = EntryErrorCode.Malformed;

    /// <summary>Refuses the field read last.</summary>
    public FormatException Refuse(string what, EntryErrorCode code = EntryErrorCode.Field)
    {
        Code = code;
        return new FormatException(what);
    }

    public void Array(string name, int length)
    {
        _field = name;
        Canonical.ReadArray(_cbor, length);
    }

    public int ArrayOf(string name, int min, int max)
    {
        _field = name;
        var length = Canonical.ReadArrayUpTo(_cbor, max);
        return length >= min ? length : throw Refuse($"at least {min} must be given, not {length}");
    }

    /// <summary>Says that what follows belongs to item <paramref name="index"/> of a list; −1 leaves the list.</summary>
    public void Item(string list, int index)
    {
        _list = list;
        _index = index;
        _field = "";
    }

    public void EndArray() => _cbor.ReadEndArray();

    public long Integer(string name, long min, long max)
    {
        _field = name;
        var value = _cbor.ReadInt64();
        return value >= min && value <= max ? value : throw Refuse($"must lie in {min}…{max}, not {value}");
    }

    public T Choice<T>(string name)
        where T : struct, Enum
    {
        _field = name;
        var value = (T)Enum.ToObject(typeof(T), _cbor.ReadInt32());
        return Enum.IsDefined(value) ? value : throw Refuse($"{value} is not known");
    }

    public ReadOnlyMemory<byte> Bytes(string name, int length)
    {
        _field = name;
        var value = _cbor.ReadDefiniteLengthByteString();
        return value.Length == length ? value : throw Refuse($"must have {length} bytes, not {value.Length}");
    }

    public ReadOnlyMemory<byte> BytesUpTo(string name, int max)
    {
        _field = name;
        var value = _cbor.ReadDefiniteLengthByteString();
        return value.Length <= max ? value : throw Refuse($"may have at most {max} bytes, not {value.Length}");
    }

    public Hash32 Hash(string name) => new(Bytes(name, Hash32.Size).Span);

    public NodeAddress Address(string name) => new(Bytes(name, NodeAddress.Size).Span);

    public PublicKey Key(string name) => new(Bytes(name, PublicKey.Size).Span);

    public string Text(string name, EntryText rule)
    {
        _field = name;
        var text = _cbor.ReadTextString();
        return rule.Refusal(text) is { } what ? throw Refuse(what) : text;
    }

    /// <summary>Reads null if it stands here; false, without reading, otherwise.</summary>
    public bool Null(string name)
    {
        _field = name;
        if (_cbor.PeekState() != CborReaderState.Null)
        {
            return false;
        }

        _cbor.ReadNull();
        return true;
    }

    /// <summary>Refuses anything after the end.</summary>
    public void End()
    {
        if (_cbor.BytesRemaining != 0)
        {
            throw Refuse($"{_cbor.BytesRemaining} bytes after the end", EntryErrorCode.Malformed);
        }
    }
}
