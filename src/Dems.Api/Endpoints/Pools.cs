using Dems.Contracts.Queries;
using Dems.ServiceDefaults.Http;

namespace Dems.Api.Endpoints;

/// <summary>Pools by name.</summary>
internal static class Pools
{
    public static bool IsKnown(ILedgerQueries queries, string pool) => queries.Chains.Any(chain => string.Equals(chain.Pool, pool, StringComparison.Ordinal));

    public static Problem Unknown(string pool) => Problems.NotFound("pool", $"The network has no pool '{pool}'; /v1/chains lists those it has.");
}
