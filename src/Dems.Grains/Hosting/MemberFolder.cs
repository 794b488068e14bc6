using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Grains.Crypto;
using Dems.Storage;

namespace Dems.Grains.Hosting;

/// <summary>
/// What lies in a member's folder: <c>genesis.json</c>, <c>validator.pem</c>, <c>receipt.pem</c> and the files of each chain. Only <see cref="InitializeAsync"/> creates safety rows.
/// </summary>
public static class MemberFolder
{
    /// <summary>Text form of the genesis document.</summary>
    public const string GenesisName = "genesis.json";

    /// <summary>The validator's private key.</summary>
    public const string ValidatorKeyName = "validator.pem";

    /// <summary>The private key that signs receipts. Made when it is missing: the validator key vouches for whichever there is.</summary>
    public const string ReceiptKeyName = "receipt.pem";

    /// <summary>Files of a pool's chain. Names of pools are people's; what is not plain in one is escaped in the file's name.</summary>
    public static ReplicaFiles FilesOf(string folder, string pool) => new(folder, Uri.EscapeDataString(pool));

    /// <summary>Creates the stores of a new member, with their safety rows. The folder holds its validator key already.</summary>
    /// <exception cref="Replication.Ports.StorageException">A store exists.</exception>
    public static async Task InitializeAsync(string folder, Genesis genesis, CancellationToken cancellationToken)
    {
        await WriteGenesisAsync(folder, genesis, cancellationToken);
        foreach (var pool in genesis.Pools)
        {
            var (files, chain) = (FilesOf(folder, pool.Name), genesis.ChainOf(pool.Name));
            await ReplicaDatabase.CreateAsync(files, chain, cancellationToken);
            await using var store = await ReplicaDatabase.OpenAsync(files, chain, cancellationToken);
            await store.Safety.CreateAsync(cancellationToken);
        }
    }

    /// <summary>Creates empty stores where they are missing, without safety rows: such a validator abstains until its peers told it how far it had signed.</summary>
    public static async Task RecreateMissingAsync(string folder, Genesis genesis, CancellationToken cancellationToken)
    {
        foreach (var pool in genesis.Pools)
        {
            var files = FilesOf(folder, pool.Name);
            if (!File.Exists(files.Database))
            {
                await ReplicaDatabase.CreateAsync(files, genesis.ChainOf(pool.Name), cancellationToken);
            }
        }
    }

    /// <summary>Writes the genesis document into a folder.</summary>
    public static async Task WriteGenesisAsync(string folder, Genesis genesis, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, GenesisName), GenesisJson.Write(genesis), cancellationToken);
    }

    /// <summary>Reads genesis and key and finds the member's index; false with a reason otherwise.</summary>
    public static bool TryRead(string folder, out Genesis genesis, out int member, out Es256Signer validator, out string error)
    {
        (member, validator) = (-1, null!);
        if (!TryReadGenesis(folder, out genesis, out error) || !KeyFile.TryLoad(Path.Combine(folder, ValidatorKeyName), out validator, out error))
        {
            return false;
        }

        member = genesis.Validators.IndexOf(validator.PublicKey);
        if (member < 0)
        {
            validator.Dispose();
            error = $"{Path.Combine(folder, ValidatorKeyName)}: genesis names no member with this key";
        }

        return member >= 0;
    }

    /// <summary>Reads the genesis document of a folder; false with a reason otherwise.</summary>
    public static bool TryReadGenesis(string folder, out Genesis genesis, out string error)
    {
        genesis = null!;
        var path = Path.Combine(folder, GenesisName);
        try
        {
            if (GenesisJson.TryRead(File.ReadAllText(path), out genesis, out error))
            {
                return true;
            }

            error = $"{path}: {error}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = $"{path}: {e.Message}";
        }

        return false;
    }
}
