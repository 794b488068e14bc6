namespace Dems.Core.Allocation;

/// <summary>Whose surplus is what a static share assigns and its consumer does not use. Numbers are part of the signed bytes.</summary>
public enum LeftoverTo
{
    /// <summary>It stays with the producers, who feed it in on their own account.</summary>
    Producer = 1,

    /// <summary>It is fed in on the account of the consumer to whom it was assigned.</summary>
    Consumer = 2,
}
