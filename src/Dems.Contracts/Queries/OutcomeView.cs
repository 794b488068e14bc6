namespace Dems.Contracts.Queries;

/// <summary>What became of an ordered entry when its block was executed. Every member finds the same, and the next header commits to it.</summary>
/// <param name="Status"><c>applied</c>, <c>duplicate</c> or <c>refused</c>.</param>
/// <param name="Reason">The same in a sentence.</param>
public sealed record OutcomeView(string Status, string Reason)
{
    /// <summary>Why it was refused, as a word for programs; null if it was not.</summary>
    public string? Cause { get; init; }

    /// <summary>Place in the batch of the first reading for which it was refused; null where none decided.</summary>
    public int? Reading { get; init; }

    /// <summary>What signed a batch: the node's own key, a device, or a gateway that is trusted for its meters. Null where no right to sign was found.</summary>
    public string? SignedBy { get; init; }
}
