using Dems.Core.Energy;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;

namespace Dems.Cli.Client;

/// <summary>The keys of parties, nodes and a gateway in a folder: made when they are first asked for, found again by a later run.</summary>
internal sealed class KeyRing
{
    private readonly string _folder;

    public KeyRing(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Signs readings.</summary>
    public Es256Signer Gateway() => LoadOrCreate("gateway");

    /// <summary>Of the party that a metering point belongs to.</summary>
    public Es256Signer PartyOf(MeteringPoint point) => LoadOrCreate($"party {point.RegisteredId}");

    /// <summary>Of the node that meters it.</summary>
    public Es256Signer NodeOf(MeteringPoint point) => LoadOrCreate($"node {point.RegisteredId}");

    /// <summary>The addresses that metering points will have, ascending.</summary>
    public IReadOnlyList<NodeAddress> AddressesOf(IEnumerable<MeteringPoint> points)
    {
        var addresses = new List<NodeAddress>();
        foreach (var point in points)
        {
            using var key = NodeOf(point);
            addresses.Add(NodeAddress.Of(key.PublicKey));
        }

        addresses.Sort();
        return addresses;
    }

    private Es256Signer LoadOrCreate(string name)
    {
        var path = Path.Combine(_folder, $"{Uri.EscapeDataString(name)}.pem");
        if (!File.Exists(path))
        {
            return KeyFile.Create(path);
        }

        return KeyFile.TryLoad(path, out var signer, out var error) ? signer : throw new CommandException(ExitCodes.Usage, error);
    }
}
