using System.Text;
using Dems.Core.Energy;

namespace Dems.Formats.Canonical;

/// <summary>The words of the canonical formats: one table for reading and for telling what would have been right.</summary>
internal static class CanonicalNames
{
    /// <summary>Number of fields.</summary>
    public const int FieldCount = 10;

    /// <summary>Field names by <see cref="CanonicalField"/>.</summary>
    public static readonly Words<CanonicalField> Fields = new(
        ("metering_point", CanonicalField.MeteringPoint), ("carrier", CanonicalField.Carrier), ("register", CanonicalField.Register),
        ("start", CanonicalField.Start), ("duration_s", CanonicalField.DurationS), ("end", CanonicalField.End),
        ("quantity_wh", CanonicalField.QuantityWh), ("quantity_kwh", CanonicalField.QuantityKwh),
        ("quality", CanonicalField.Quality), ("revision", CanonicalField.Revision));

    /// <summary>Names of the registers.</summary>
    public static readonly Words<Register> Registers = new(
        ("import", Register.Import), ("export", Register.Export), ("consumption", Register.Consumption), ("generation", Register.Generation),
        ("charge", Register.Charge), ("discharge", Register.Discharge), ("state_of_charge", Register.StateOfCharge));

    /// <summary>Names of the carriers.</summary>
    public static readonly Words<Carrier> Carriers = new(
        ("electricity", Carrier.Electricity), ("natural_gas", Carrier.NaturalGas), ("heat", Carrier.Heat),
        ("hydrogen", Carrier.Hydrogen), ("cooling", Carrier.Cooling));

    /// <summary>Names of the qualities.</summary>
    public static readonly Words<Quality> Qualities = new(
        ("measured", Quality.Measured), ("substituted", Quality.Substituted), ("estimated", Quality.Estimated),
        ("provisional", Quality.Provisional), ("derived", Quality.Derived));

    /// <summary>A closed vocabulary in lower case.</summary>
    internal sealed class Words<T>
        where T : struct, Enum
    {
        private readonly (byte[] Word, string Text, T Value)[] _words;

        public Words(params (string Text, T Value)[] words)
        {
            _words = [.. words.Select(word => (Encoding.ASCII.GetBytes(word.Text), word.Text, word.Value))];
            Listing = "write one of: " + string.Join(", ", words.Select(word => word.Text));
        }

        /// <summary>What would have been right.</summary>
        public string Listing { get; }

        public bool TryFind(ReadOnlySpan<byte> text, out T value)
        {
            foreach (var (word, _, candidate) in _words)
            {
                if (text.SequenceEqual(word))
                {
                    value = candidate;
                    return true;
                }
            }

            value = default;
            return false;
        }

        public string NameOf(T value) => Array.Find(_words, word => EqualityComparer<T>.Default.Equals(word.Value, value)).Text;
    }
}
