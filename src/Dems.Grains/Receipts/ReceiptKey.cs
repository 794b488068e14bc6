using Dems.Core.Crypto;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;

namespace Dems.Grains.Receipts;

/// <summary>
/// The key that signs this member's receipts, with the validator key's word for it. A folder without one gets one: receipts that an earlier key signed stay good, since
/// each carries the word for its own.
/// </summary>
public sealed class ReceiptKey : IDisposable
{
    private readonly Es256Signer _signer;

    /// <summary>Loads the key from the member's folder, or makes it.</summary>
    /// <exception cref="StorageException">The file is there but holds no key.</exception>
    public ReceiptKey(MemberOptions options)
    {
        var path = Path.Combine(options.DataFolder, MemberFolder.ReceiptKeyName);
        if (!File.Exists(path))
        {
            _signer = KeyFile.Create(path);
        }
        else if (!KeyFile.TryLoad(path, out _signer, out var error))
        {
            throw new StorageException($"{error}. Remove the file to have a new key made.");
        }

        Issuer = ReceiptIssuer.Of(options.Genesis.Hash, _signer.PublicKey, options.Validator);
    }

    /// <summary>Signs statements.</summary>
    public ISigner Signer => _signer;

    /// <summary>The member's word for the key.</summary>
    public ReceiptIssuer Issuer { get; }

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();
}
