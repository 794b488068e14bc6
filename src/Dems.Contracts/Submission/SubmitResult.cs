namespace Dems.Contracts.Submission;

/// <summary>Answer to one submitted entry.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Content">Content id of what was submitted, in hexadecimal.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.SubmitResult")]
public sealed record SubmitResult([property: Id(0)] SubmitOutcome Outcome, [property: Id(1)] string Content)
{
    /// <summary>With <see cref="SubmitOutcome.SequenceTaken"/>, the content id that was first.</summary>
    [Id(2)]
    public string? HeldContent { get; init; }

    /// <summary>Index on the chain if the entry is ordered already.</summary>
    [Id(3)]
    public long? OrderedIndex { get; init; }

    /// <summary>Promises of distinct members.</summary>
    [Id(4)]
    public IReadOnlyList<EntryPromise> Promises { get; init; } = [];

    /// <summary>Field at fault, with <see cref="SubmitOutcome.Refused"/>.</summary>
    [Id(5)]
    public string Field { get; init; } = "";

    /// <summary>Why, for people, and what to do about it.</summary>
    [Id(6)]
    public string Reason { get; init; } = "";
}
