using Dems.Cli.Network;
using Dems.Contracts.Queries;
using Dems.Core.Ledger;
using Dems.Grains.Chains;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Demo;

/// <summary>Follows one member's chain and tells the content of each final entry.</summary>
internal sealed class HeadWatch(MemberApp member, string pool)
{
    private readonly ILedgerQueries _queries = member.Services.GetRequiredService<ILedgerQueries>();

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(Action<string> final, CancellationToken cancellationToken)
    {
        var chain = Site().Store.Chain;
        var next = (await chain.ReadHeadAsync(cancellationToken))?.Block.Header.TreeSize ?? 0;
        var height = 0L;
        try
        {
            while (true)
            {
                height = await _queries.WaitForBlockAsync(pool, height, TimeSpan.FromSeconds(1), cancellationToken);
                while (await chain.ReadEntriesAsync(next, Block.MaxEntries, cancellationToken) is { Count: > 0 } entries)
                {
                    foreach (var entry in entries)
                    {
                        final(entry.Content.ToString());
                    }

                    next += entries.Count;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The demo has seen enough.
        }
    }

    private ChainSite Site() => member.Sites.OfPool(pool) ?? throw new InvalidOperationException($"No pool '{pool}'.");
}
