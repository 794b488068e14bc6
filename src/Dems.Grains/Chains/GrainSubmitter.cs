using Dems.Contracts.Grains;
using Dems.Contracts.Submission;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Grains.Chains;

/// <summary>Submits through the node grains: entries of one node and chain go in one call.</summary>
public sealed class GrainSubmitter(IGrainFactory grains, ChainSites sites) : IEntrySubmitter
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken)
    {
        var results = new SubmitResult[entries.Count];
        var calls = Enumerable.Range(0, entries.Count)
            .GroupBy(i => ChainKey.Of(entries[i].Chain, SubjectOf(entries[i])), StringComparer.Ordinal)
            .SelectMany(node => node.Chunk(SubmitGroup.MaxEntries), (node, indices) => (node.Key, Indices: indices))
            .Select(async call =>
            {
                var group = new SubmitGroup([.. call.Indices.Select(i => entries[i])], wait);
                var answers = sites.TryFind(group.Opened![0].Chain, out _)
                    ? await grains.GetGrain<INodeGrain>(call.Key).Submit(group).WaitAsync(cancellationToken)
                    : [.. group.Opened.Select(UnknownChain)];
                for (var k = 0; k < call.Indices.Length; k++)
                {
                    results[call.Indices[k]] = answers[k];
                }
            });
        try
        {
            await Task.WhenAll(calls);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // A call that got no answer may have stored its entries; sending them again finds out.
            for (var i = 0; i < results.Length; i++)
            {
                results[i] ??= new SubmitResult(SubmitOutcome.Busy, entries[i].Content.ToString()) { Reason = "The member did not answer in time." };
            }
        }

        return results;
    }

    /// <summary>Whom an entry is about: the node of a batch, otherwise whoever signs.</summary>
    private static NodeAddress SubjectOf(OpenedEntry entry) => entry.Body is ReadingBatch batch ? batch.Node : NodeAddress.Of(entry.Signer);

    private static SubmitResult UnknownChain(OpenedEntry entry) =>
        new(SubmitOutcome.Refused, entry.Content.ToString()) { Field = "chain", Reason = $"No chain {entry.Chain} is kept here. Send the entry to a member of its network." };
}
