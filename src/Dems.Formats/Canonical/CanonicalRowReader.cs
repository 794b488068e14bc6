using System.Buffers.Text;
using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>
/// Makes a reading of the fields of one row, the same for CSV and JSON Lines. The first field at fault, in the order of the documentation, is the one
/// reported.
/// </summary>
internal sealed class CanonicalRowReader(ImportContext context)
{
    private static readonly Flaw UnknownCarrier = new("this carrier is not known", CanonicalNames.Carriers.Listing);
    private static readonly Flaw UnknownRegister = new("this register is not known", CanonicalNames.Registers.Listing);
    private static readonly Flaw UnknownQuality = new("this quality is not known", CanonicalNames.Qualities.Listing);
    private static readonly Flaw TwoEnds = new("the row has both a duration and an end", "state one of duration_s and end");
    private static readonly Flaw NoEnd = new("the row has neither a duration nor an end", "state duration_s in seconds, or end");
    private static readonly Flaw NoDuration = new(
        "this is not a whole number of seconds", "write the length of the interval in seconds, such as 900");
    private static readonly Flaw DurationRange = new(
        $"the interval is not 1 to {Reading.MaxDuration} seconds long", "correct start, end or duration_s");
    private static readonly Flaw TwoQuantities = new("the row has both quantity_wh and quantity_kwh", "state one of them");
    private static readonly Flaw NotWholeWh = new(
        "quantity_wh is not a whole number of watt-hours", "write digits only, or use quantity_kwh for decimals");
    private static readonly Flaw BadRevision = new(
        $"the revision is not a whole number from 0 to {Reading.MaxRevision}", "0 is the first value; each correction counts one more");

    private readonly MeteringPoints _meteringPoints = new();

    public bool TryRead(CanonicalFields fields, long line, out ImportedReading reading, out CanonicalField field, out Flaw flaw)
    {
        reading = null!;
        field = CanonicalField.MeteringPoint;
        if (!_meteringPoints.TryGet(fields[field], out var meteringPoint, out flaw))
        {
            return false;
        }

        field = CanonicalField.Carrier;
        flaw = UnknownCarrier;
        var carrier = Carrier.Electricity;
        if (!fields[field].IsEmpty && !CanonicalNames.Carriers.TryFind(fields[field], out carrier))
        {
            return false;
        }

        field = CanonicalField.Register;
        flaw = UnknownRegister;
        if (!CanonicalNames.Registers.TryFind(fields[field], out var register)
            || !TryReadInterval(fields, out var start, out var duration, out field, out flaw)
            || !TryReadQuantity(fields, out var quantity, out field, out flaw))
        {
            return false;
        }

        field = CanonicalField.Quality;
        flaw = UnknownQuality;
        var quality = Quality.Measured;
        if (!fields[field].IsEmpty && !CanonicalNames.Qualities.TryFind(fields[field], out quality))
        {
            return false;
        }

        field = CanonicalField.Revision;
        flaw = BadRevision;
        var revision = context.Revision;
        if (!fields[field].IsEmpty && (!TryReadWhole(fields[field], out revision) || revision > Reading.MaxRevision))
        {
            return false;
        }

        reading = new ImportedReading(meteringPoint, carrier, new Reading(register, start, duration, quantity, quality, revision), line);
        return true;
    }

    private static bool TryReadInterval(CanonicalFields fields, out long start, out int duration, out CanonicalField field, out Flaw flaw)
    {
        duration = 0;
        field = CanonicalField.Start;
        if (!UtcText.TryParse(fields[field], out start, out flaw))
        {
            return false;
        }

        field = CanonicalField.DurationS;
        var length = fields[field];
        var end = fields[CanonicalField.End];
        if (length.IsEmpty == end.IsEmpty)
        {
            flaw = length.IsEmpty ? NoEnd : TwoEnds;
            return false;
        }

        if (end.IsEmpty)
        {
            flaw = NoDuration;
            return TryReadWhole(length, out duration) && InRange(duration, out flaw);
        }

        field = CanonicalField.End;
        if (!UtcText.TryParse(end, out var endSeconds, out flaw) || !InRange(endSeconds - start, out flaw))
        {
            return false;
        }

        duration = (int)(endSeconds - start);
        return true;
    }

    private static bool InRange(long duration, out Flaw flaw)
    {
        flaw = DurationRange;
        return duration is >= 1 and <= Reading.MaxDuration;
    }

    private bool TryReadQuantity(CanonicalFields fields, out long quantity, out CanonicalField field, out Flaw flaw)
    {
        field = CanonicalField.QuantityWh;
        var wattHours = fields[field];
        var kilowattHours = fields[CanonicalField.QuantityKwh];
        quantity = 0;
        if (!wattHours.IsEmpty && !kilowattHours.IsEmpty)
        {
            flaw = TwoQuantities;
            return false;
        }

        if (kilowattHours.IsEmpty)
        {
            var isDecimal = wattHours.Contains((byte)'.');
            flaw = NotWholeWh;
            return !isDecimal && EnergyText.TryParse(wattHours, EnergyText.Wh, Rounding.Refuse, out quantity, out flaw);
        }

        field = CanonicalField.QuantityKwh;
        return EnergyText.TryParse(kilowattHours, EnergyText.KWh, context.Rounding, out quantity, out flaw);
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && char.IsAsciiDigit((char)text[0]);
}
