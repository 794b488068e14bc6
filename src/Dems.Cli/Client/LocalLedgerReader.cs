using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Cli.Client;

/// <summary>Asks a member in this process.</summary>
internal sealed class LocalLedgerReader(ILedgerQueries queries, string pool) : ILedgerReader
{
    public Task<NodeAddress?> FindMeteringPointAsync(string id, CancellationToken cancellationToken) => queries.FindMeteringPointAsync(pool, id, cancellationToken);

    public async Task WaitFinalAsync(ContentId content, CancellationToken cancellationToken)
    {
        var height = 0L;
        while (await queries.EntryAsync(pool, new EntryName(null, content.Value), cancellationToken) is null)
        {
            height = await queries.WaitForBlockAsync(pool, height, TimeSpan.FromSeconds(1), cancellationToken);
        }
    }
}
