using Dems.Contracts.Submission;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>The opened entries of a group: those that travelled along, or, from another silo, opened again.</summary>
internal static class OpenedGroup
{
    public static async ValueTask<IReadOnlyList<OpenedEntry?>> OfAsync(SubmitGroup group, IEntryOpener opener) =>
        group.Opened ?? await opener.OpenAsync(group.Bytes, CancellationToken.None);
}
