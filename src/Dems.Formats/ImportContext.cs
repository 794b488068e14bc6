using Dems.Core.Energy;
using Dems.Formats.CityLearn;

namespace Dems.Formats;

/// <summary>What a reader needs to know beside the bytes.</summary>
/// <param name="FileName">Name under which problems are reported; a format may derive an id from it.</param>
public sealed record ImportContext(string FileName)
{
    /// <summary>Treatment of quantities finer than 1 Wh. Formats whose values are computed rather than metered (CityLearn) always round.</summary>
    public Rounding Rounding { get; init; } = Rounding.Refuse;

    /// <summary>Revision of the readings of a format that states none: raise it to import a corrected file over an earlier one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 0…<see cref="Reading.MaxRevision"/>.</exception>
    public int Revision
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Reading.MaxRevision);
            field = value;
        }
    }

    /// <summary>Options of the CityLearn layout.</summary>
    public CityLearnOptions CityLearn { get; init; } = new();
}
