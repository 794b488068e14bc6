namespace Dems.Contracts.Queries;

/// <summary>A chain of the network.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Chain">Chain id in hexadecimal.</param>
public sealed record ChainView(string Pool, string Chain);
