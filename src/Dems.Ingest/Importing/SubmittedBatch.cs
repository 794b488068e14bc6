namespace Dems.Ingest.Importing;

/// <summary>A batch that the member took.</summary>
/// <param name="Leaf">Leaf hash of the body held, in hexadecimal.</param>
/// <param name="Readings">Readings in it.</param>
/// <param name="SentAt">Timestamp (<see cref="TimeProvider.GetTimestamp"/>) just before it was first sent.</param>
public readonly record struct SubmittedBatch(string Leaf, int Readings, long SentAt);
