namespace Dems.Ingest.Http;

/// <summary>What a request waits for, <c>?wait=</c>.</summary>
internal enum Durability
{
    /// <summary>The promise of f + 1 members; the default.</summary>
    Promise,

    /// <summary>This member's disk only.</summary>
    Local,

    /// <summary>The block.</summary>
    Final,
}
