namespace Dems.Simulation;

/// <summary>Mutations as the command line names them.</summary>
public static class MutationNames
{
    private static readonly (string Name, Mutation Mutation)[] Names =
    [
        ("ignore-lock", Mutation.IgnoreLock),
        ("skip-safety-row", Mutation.SkipSafetyRow),
        ("prevote-without-bodies", Mutation.PrevoteWithoutBodies),
        ("clock-on-reproposals", Mutation.ClockOnReproposals),
        ("fresh-missing-row", Mutation.FreshMissingRow),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All => [.. Names.Select(n => n.Name)];

    /// <summary>The mutation of a name; false if there is none.</summary>
    public static bool TryParse(string name, out Mutation mutation)
    {
        mutation = Names.FirstOrDefault(n => string.Equals(n.Name, name, StringComparison.Ordinal)).Mutation;
        return mutation != Mutation.None;
    }
}
