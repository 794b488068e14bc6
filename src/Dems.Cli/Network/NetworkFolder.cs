using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;

namespace Dems.Cli.Network;

/// <summary>The folders of a new network's members below one directory: <c>member-0</c>, <c>member-1</c>, …, each with key, genesis and empty stores.</summary>
internal static class NetworkFolder
{
    private static readonly string[] Names = ["utility", "cooperative", "aggregator", "auditor"];

    /// <summary>Folder of a member.</summary>
    public static string MemberOf(string directory, int member) => Path.Combine(directory, $"member-{member}");

    /// <summary>Number of members below a directory; 0 if there is no network.</summary>
    public static int CountMembers(string directory)
    {
        var count = 0;
        while (File.Exists(Path.Combine(MemberOf(directory, count), MemberFolder.GenesisName)))
        {
            count++;
        }

        return count;
    }

    /// <summary>Makes keys, genesis and stores for n members. The keys of all lie below one directory: whoever founds a real network moves each folder to its member.</summary>
    public static async Task<Genesis> CreateAsync(
        string directory, string network, int members, IReadOnlyList<GenesisPool> pools, TimeProvider time, CancellationToken cancellationToken)
    {
        var founders = new List<GenesisMember>();
        for (var i = 0; i < members; i++)
        {
            Directory.CreateDirectory(MemberOf(directory, i));
            using var key = KeyFile.Create(Path.Combine(MemberOf(directory, i), MemberFolder.ValidatorKeyName));
            founders.Add(new GenesisMember(i < Names.Length ? Names[i] : $"member-{i}", key.PublicKey));
        }

        var genesis = new Genesis
        {
            Network = network,
            CreatedAt = new BlockTime(time.GetUtcNow().ToUnixTimeMilliseconds()),
            Members = founders,
            Pools = pools,
        };
        for (var i = 0; i < members; i++)
        {
            await MemberFolder.InitializeAsync(MemberOf(directory, i), genesis, cancellationToken);
        }

        return genesis;
    }

    /// <summary>A pool that shares every carrier that the formats and the simulator know, in quarter-hours at the grid connection.</summary>
    public static GenesisPool CommunityPool(string name) => CommunityPool(name, PoolTerms.Default);

    /// <summary>A pool that shares every carrier that the formats and the simulator know.</summary>
    public static GenesisPool CommunityPool(string name, PoolTerms terms) =>
        new(name, "Europe/Vienna", [Carrier.Electricity, Carrier.NaturalGas, Carrier.Heat, Carrier.Hydrogen, Carrier.Cooling])
        {
            Terms = terms,
        };
}
