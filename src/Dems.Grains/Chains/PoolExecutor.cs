using Dems.Contracts.Grains;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Executes blocks in the pool's grain.</summary>
internal sealed class PoolExecutor(IPoolGrain pool) : IExecutor
{
    public async ValueTask<ExecutedRoots> ReadRootsAsync(CancellationToken cancellationToken) => Read(await pool.ReadRoots().WaitAsync(cancellationToken));

    public async ValueTask<ValidatorSet?> ReadValidatorsAsync(Height height, CancellationToken cancellationToken) =>
        await pool.ReadValidatorsAt(height.Value).AsTask().WaitAsync(cancellationToken) is { } keys ? SetOf(keys) : null;

    public async ValueTask<ExecutedRoots> ExecuteAsync(DecidedBlock block, CancellationToken cancellationToken) =>
        Read(await pool.Execute(new DecidedBytes(BlockCodec.Encode(block.Block), CertificateCodec.Encode(block.Certificate), block)).WaitAsync(cancellationToken));

    /// <summary>The same roots as a message.</summary>
    public static PoolRoots Write(ExecutedRoots roots) => new(
        roots.Height.Value, roots.ResultsRoot.ToArray(), roots.StateRoot.ToArray(), roots.Changed, KeysOf(roots.Validators), KeysOf(roots.NextValidators),
        roots.NextDue?.UnixMilliseconds, roots.ProtocolVersion);

    private static ExecutedRoots Read(PoolRoots roots) => new(
        new Height(roots.Height), new Hash32(roots.ResultsRoot), new Hash32(roots.StateRoot), roots.Changed, SetOf(roots.Validators), SetOf(roots.NextValidators),
        roots.ProtocolVersion, roots.NextDue is { } due ? new BlockTime(due) : null);

    /// <summary>The keys of a set as a message.</summary>
    public static List<byte[]> KeysOf(ValidatorSet set) => [.. set.Keys.Select(key => key.Bytes.ToArray())];

    private static ValidatorSet SetOf(IReadOnlyList<byte[]> keys) => new(keys.Select(key => new PublicKey(key)));
}
