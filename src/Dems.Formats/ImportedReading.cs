using Dems.Core.Energy;

namespace Dems.Formats;

/// <summary>One good reading of a file, in the units of the ledger.</summary>
/// <param name="MeteringPoint">The metering point's official id, or, where a format has none, an id that every import of the same file derives
/// alike.</param>
/// <param name="Carrier">What was metered.</param>
/// <param name="Reading">Register, interval (UTC), quantity in Wh, quality and revision.</param>
/// <param name="Line">Line of the file, from 1, that holds it.</param>
public sealed record ImportedReading(string MeteringPoint, Carrier Carrier, Reading Reading, long Line);
