using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dems.Core.Crypto;

namespace Dems.Grains.Crypto;

/// <summary>
/// Checks ES256 signatures with imported keys kept for reuse: importing a key costs about as much as a check. A key object serves one thread at
/// a time; as many are kept per key as were ever needed at once.
/// </summary>
public sealed class Es256Verifier : ISignatureVerifier, IDisposable
{
    /// <summary>Most distinct keys kept. Beyond it the idle ones are dropped and imported again when next used.</summary>
    public const int MaxKeys = 65_536;

    private readonly int _maxKeys;
    private volatile ConcurrentDictionary<PublicKey, ConcurrentStack<ECDsa>> _idle = new();

    /// <summary>Keeps up to <see cref="MaxKeys"/> keys.</summary>
    public Es256Verifier()
        : this(MaxKeys)
    {
    }

    /// <summary>Keeps up to <paramref name="maxKeys"/> keys.</summary>
    public Es256Verifier(int maxKeys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxKeys, 1);
        _maxKeys = maxKeys;
    }

    /// <summary>Distinct keys kept now.</summary>
    public int KeyCount => _idle.Count;

    /// <inheritdoc/>
    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Es256.IsLowS(signature))
        {
            return false;
        }

        var known = _idle;
        ECDsa? imported = null;
        if (known.TryGetValue(key, out var stack))
        {
            stack.TryPop(out imported);
        }

        imported ??= Es256.TryImport(key);
        if (imported is null)
        {
            return false;
        }

        var valid = Es256.Verify(imported, message, signature);

        // Only a key that verified something is kept: nobody fills the cache with keys of their invention for free.
        if (valid || stack is not null)
        {
            Keep(known, key, imported);
        }
        else
        {
            imported.Dispose();
        }

        return valid;
    }

    /// <inheritdoc/>
    public void Dispose() => Drop(_idle);

    private void Keep(ConcurrentDictionary<PublicKey, ConcurrentStack<ECDsa>> known, PublicKey key, ECDsa imported)
    {
        if (!known.ContainsKey(key) && known.Count >= _maxKeys)
        {
            var fresh = new ConcurrentDictionary<PublicKey, ConcurrentStack<ECDsa>>();
            if (Interlocked.CompareExchange(ref _idle, fresh, known) == known)
            {
                Drop(known);
            }

            known = _idle;
        }

        known.GetOrAdd(key, static _ => new ConcurrentStack<ECDsa>()).Push(imported);
    }

    private static void Drop(ConcurrentDictionary<PublicKey, ConcurrentStack<ECDsa>> idle)
    {
        foreach (var stack in idle.Values)
        {
            while (stack.TryPop(out var key))
            {
                key.Dispose();
            }
        }
    }
}
