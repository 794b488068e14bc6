using Dems.Core.Ledger.Entries;

namespace Dems.Contracts.Submission;

/// <summary>Entries of one chain on their way to the mempool. Inside a process they travel opened; to another silo only their bytes do, and they are opened again there.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dems.SubmitGroup")]
public sealed class SubmitGroup
{
    /// <summary>Most entries of one group.</summary>
    public const int MaxEntries = 1_024;

    [NonSerialized]
    private readonly IReadOnlyList<OpenedEntry>? _opened;

    /// <summary>Entries that were opened in this process.</summary>
    public SubmitGroup(IReadOnlyList<OpenedEntry> entries, SubmitWait wait)
    {
        _opened = entries;
        Bytes = [.. entries.Select(e => e.Bytes)];
        Wait = wait;
    }

    private SubmitGroup(ReadOnlyMemory<byte>[] bytes, IReadOnlyList<OpenedEntry>? opened, SubmitWait wait)
    {
        (Bytes, _opened, Wait) = (bytes, opened, wait);
    }

    /// <summary>The encoded entries.</summary>
    [Id(0)]
    public ReadOnlyMemory<byte>[] Bytes { get; }

    /// <summary>What to wait for.</summary>
    [Id(1)]
    public SubmitWait Wait { get; }

    /// <summary>The opened entries if they were opened in this process, otherwise null.</summary>
    public IReadOnlyList<OpenedEntry>? Opened => _opened;

    /// <summary>The part of the group whose indices satisfy a condition, in the same order.</summary>
    public SubmitGroup Where(Func<int, bool> condition)
    {
        var indices = Enumerable.Range(0, Bytes.Length).Where(condition).ToList();
        return new SubmitGroup([.. indices.Select(i => Bytes[i])], Opened is null ? null : [.. indices.Select(i => Opened[i])], Wait);
    }
}
