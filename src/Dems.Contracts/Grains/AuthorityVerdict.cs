namespace Dems.Contracts.Grains;

/// <summary>Whether a signer may submit an entry. It keeps strangers out of the mempool and tells honest mistakes at once; what counts is the execution.</summary>
/// <param name="Field">Field at fault; empty if the entry may be submitted.</param>
/// <param name="Reason">Why not, and what to do; empty if it may.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.AuthorityVerdict")]
public readonly record struct AuthorityVerdict([property: Id(0)] string Field, [property: Id(1)] string Reason)
{
    /// <summary>The signer may.</summary>
    public static AuthorityVerdict Allowed => new("", "");

    /// <summary>Whether the signer may.</summary>
    public bool IsAllowed => string.IsNullOrEmpty(Reason);
}
