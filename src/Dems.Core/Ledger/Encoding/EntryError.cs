namespace Dems.Core.Ledger.Encoding;

/// <summary>Why and where bytes are not an entry.</summary>
/// <param name="Code">The reason for programs.</param>
/// <param name="Where">The field, such as <c>body.runs[3].start</c>.</param>
/// <param name="What">The reason for people.</param>
public readonly record struct EntryError(EntryErrorCode Code, string Where, string What)
{
    /// <summary>Where and what.</summary>
    public override string ToString() => $"{Where}: {What}";
}
