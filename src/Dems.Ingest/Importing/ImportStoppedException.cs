namespace Dems.Ingest.Importing;

/// <summary>The member took no more, whatever the patience. Nothing is lost: the same import resumes where this one stopped.</summary>
public sealed class ImportStoppedException(string message) : Exception(message);
