namespace Dems.Core.Governance.Payloads;

/// <summary>What a ballot proposes. Sealed records, one or more per <see cref="BallotKind"/>.</summary>
public abstract record BallotPayload
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 48 * 1024;

    private protected BallotPayload()
    {
    }

    /// <summary>What the ballot decides about.</summary>
    public abstract BallotKind Kind { get; }
}
