using Dems.Core.Energy;

namespace Dems.Ingest.Importing;

/// <summary>Finds the node of a metering point.</summary>
public interface INodeResolver
{
    /// <summary>The node's address; null if none is registered, or if this gateway may not sign for it.</summary>
    ValueTask<NodeAddress?> ResolveAsync(MeteringPoint point, CancellationToken cancellationToken);
}
