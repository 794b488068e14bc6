using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;

namespace Dems.Storage.Projections;

/// <summary>A reading within a <see cref="DayPage"/>.</summary>
/// <param name="Offset">Start in seconds after midnight UTC.</param>
/// <param name="Duration">Length in seconds.</param>
/// <param name="Revision">Revision.</param>
/// <param name="Quantity">Amount in the register's unit.</param>
/// <param name="Quality">How it came about.</param>
/// <param name="Entry">Position of its batch in the chain's tree.</param>
/// <param name="Marks">Why it is doubtful.</param>
internal readonly record struct StoredReading(int Offset, int Duration, int Revision, long Quantity, Quality Quality, long Entry, Implausibility Marks)
    : IComparable<StoredReading>
{
    /// <summary>Order within a page: by start, duration, revision.</summary>
    public int CompareTo(StoredReading other)
    {
        var order = Offset.CompareTo(other.Offset);
        order = order != 0 ? order : Duration.CompareTo(other.Duration);
        return order != 0 ? order : Revision.CompareTo(other.Revision);
    }
}
