namespace Dems.Formats.CityLearn;

/// <summary>Where a row belongs.</summary>
/// <param name="Row">The row.</param>
/// <param name="Slot">Its hour, counted from 1970-01-01T00:00 on the file's clock; for one that fits nowhere, the hour that was due.</param>
/// <param name="IsPlaced">Whether that hour is certain.</param>
/// <param name="MissingBefore">Hours for which no row came before this one.</param>
internal readonly record struct CityLearnPlacement(CityLearnRow Row, long Slot, bool IsPlaced, int MissingBefore)
{
    /// <summary>How much the file contradicts its calendar here, in hours.</summary>
    public int Contradiction => (IsPlaced ? 0 : 1) + MissingBefore;
}
