using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>One byte that is changed.</summary>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Bits">What is added to it modulo 2, not 0.</param>
internal sealed record Flip(StoredKind Kind, ByteMap.Place Place, byte Bits)
{
    /// <summary>Chooses a byte: of a certain kind, or any.</summary>
    public static Flip Choose(ByteMap map, StoredKind? kind, Random random)
    {
        var (what, place) = kind is { } wanted ? (wanted, map.Choose(wanted, random)) : map.ChooseAny(random);
        return new Flip(what, place, (byte)random.Next(1, 256));
    }

    /// <summary>Changes it in a copy.</summary>
    public void Apply(ReplicaFiles files)
    {
        using var stream = new FileStream(Place.InLog ? files.Database + "-wal" : files.Database, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = Place.Offset;
        var old = stream.ReadByte();
        stream.Position = Place.Offset;
        stream.WriteByte((byte)(old ^ Bits));
    }

    public override string ToString() => $"byte {Place.Offset} of the {(Place.InLog ? "log" : "database file")} ({Kind}), bits {Bits:x2}";
}
