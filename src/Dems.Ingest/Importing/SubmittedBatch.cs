namespace Dems.Ingest.Importing;

/// <summary>A batch that the member took.</summary>
/// <param name="Content">Content id in hexadecimal.</param>
/// <param name="Readings">Readings in it.</param>
/// <param name="SentAt">Timestamp (<see cref="TimeProvider.GetTimestamp"/>) just before it was first sent.</param>
/// <param name="IsFinal">Whether it was final already: a retransmission of something that a block ordered before.</param>
public readonly record struct SubmittedBatch(string Content, int Readings, long SentAt, bool IsFinal);
