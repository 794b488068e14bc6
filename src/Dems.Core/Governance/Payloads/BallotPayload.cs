namespace Dems.Core.Governance.Payloads;

/// <summary>What a ballot proposes. Sealed records, one or more per <see cref="BallotKind"/>.</summary>
public abstract record BallotPayload
{
    /// <summary>Longest encoding in bytes: with the longest text it fits into an entry.</summary>
    public const int MaxBytes = 60 * 1024;

    private protected BallotPayload()
    {
    }

    /// <summary>What the ballot decides about.</summary>
    public abstract BallotKind Kind { get; }
}
