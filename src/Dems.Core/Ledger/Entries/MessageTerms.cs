using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>What a node offers or requests.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Quantity">Wh over the whole range, 1…<see cref="Reading.MaxQuantity"/>.</param>
/// <param name="Price">10⁻⁶ of the pool's currency per kWh, 0…<see cref="MaxPrice"/>.</param>
/// <param name="Start">First second of the range, since 1970-01-01T00:00:00Z. It can be agreed to in blocks before that.</param>
/// <param name="End">First second after the range.</param>
public sealed record MessageTerms(Carrier Carrier, long Quantity, long Price, long Start, long End)
{
    /// <summary>Highest price: 10⁹ per kWh.</summary>
    public const long MaxPrice = 1_000_000_000_000_000;
}
