namespace Dems.Core.Ledger.Entries;

/// <summary>What an entry says, apart from chain, sequence and signer. One sealed record per <see cref="EntryKind"/>.</summary>
public abstract record EntryBody
{
    private protected EntryBody()
    {
    }

    /// <summary>The kind, written before the fields.</summary>
    public abstract EntryKind Kind { get; }
}
