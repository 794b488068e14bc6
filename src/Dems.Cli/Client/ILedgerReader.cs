using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Cli.Client;

/// <summary>What registering and importing ask a member about one chain, in this process or over HTTP.</summary>
internal interface ILedgerReader
{
    /// <summary>The node that holds a metering-point id; null if none does.</summary>
    Task<NodeAddress?> FindMeteringPointAsync(string id, CancellationToken cancellationToken);

    /// <summary>Waits until a content is final; as long as the token allows.</summary>
    Task WaitFinalAsync(ContentId content, CancellationToken cancellationToken);
}
