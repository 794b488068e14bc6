using System.Buffers.Binary;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>A page of a ballot's frozen electorate, with the votes so far. Encoded per elector: address (20), weight (8), choice (1; 0 for none), big-endian.</summary>
internal sealed class ElectoratePage(IEnumerable<Elector> electors) : IStateRecord
{
    private const int ElectorSize = NodeAddress.Size + sizeof(long) + 1;

    private readonly Elector[] _electors = [.. electors];

    public IReadOnlyList<Elector> Electors => _electors;

    public void Vote(int place, BallotChoice choice) => _electors[place] = _electors[place] with { Choice = choice };

    public byte[] Encode()
    {
        var bytes = new byte[_electors.Length * ElectorSize];
        var rest = bytes.AsSpan();
        foreach (var elector in _electors)
        {
            elector.Address.CopyTo(rest);
            BinaryPrimitives.WriteInt64BigEndian(rest[NodeAddress.Size..], elector.Weight);
            rest[NodeAddress.Size + sizeof(long)] = (byte)(elector.Choice ?? default);
            rest = rest[ElectorSize..];
        }

        return bytes;
    }

    public static ElectoratePage Decode(ReadOnlySpan<byte> bytes)
    {
        var electors = new Elector[bytes.Length / ElectorSize];
        for (var i = 0; i < electors.Length; i++)
        {
            var one = bytes.Slice(i * ElectorSize, ElectorSize);
            var choice = one[^1];
            electors[i] = new Elector(
                new NodeAddress(one[..NodeAddress.Size]),
                BinaryPrimitives.ReadInt64BigEndian(one[NodeAddress.Size..]),
                choice == 0 ? null : (BallotChoice)choice);
        }

        return new ElectoratePage(electors);
    }
}
