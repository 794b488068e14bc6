namespace Dems.Ingest.Http;

/// <summary>Answer to a request whose messages were all taken.</summary>
/// <param name="Durability">What was waited for: local (this member's disk only), promise (f + 1 members), final.</param>
/// <param name="Entries">One answer per message, in order.</param>
internal sealed record BatchesAnswer(string Durability, IReadOnlyList<BatchAnswer> Entries);
