using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>Sums the energy of one line of a section by band, and turns the sums into the line's amount.</summary>
internal sealed class LinePricer
{
    private readonly TariffLine _line;
    private readonly Currency _currency;
    private readonly BandTable? _table;
    private readonly long[] _wattHours;
    private ExactAmount _value;

    public LinePricer(TariffLine line, Currency currency, BandTable? table)
    {
        (_line, _currency, _table) = (line, currency, table);
        _wattHours = new long[line.Price is LinePrice.PerEnergy energy ? energy.Bands.Count : 0];
    }

    /// <summary>Adds an interval, or the change of one.</summary>
    public void Add(in EnergyTotals energy, LocalTime start)
    {
        if (_line.Price is LinePrice.ByAllocation)
        {
            _value += energy.ValueOf(_line.Basis);
        }
        else if (_line.Price is LinePrice.PerEnergy && energy.Of(_line.Basis) is var wattHours and not 0)
        {
            _wattHours[_table?.BandAt(start) ?? 0] += wattHours;
        }
    }

    /// <summary>Adds what a line already counted.</summary>
    public void Add(IEnumerable<TierPart> parts, ExactAmount exact)
    {
        if (_line.Price is LinePrice.PerEnergy energy)
        {
            foreach (var part in parts)
            {
                _wattHours[IndexOf(energy.Bands, part.Band)] += part.WattHours;
            }
        }
        else
        {
            _value += _line.IsCredit ? -exact : exact;
        }
    }

    /// <summary>Whether no band counts less than nothing; only corrections that do not fit what they correct lead there.</summary>
    public bool IsSound => Array.TrueForAll(_wattHours, wattHours => wattHours >= 0);

    /// <summary>The line over what was added. A fixed fee counts the part of the period that the section covers.</summary>
    /// <param name="section">The seconds of the section; must lie in <paramref name="period"/>.</param>
    /// <param name="period">The seconds of the period.</param>
    public StatementLine Line(UtcSpan section, UtcSpan period)
    {
        var parts = _line.Price is LinePrice.PerEnergy energy ? TierSplit.Split(energy.Bands, _wattHours) : [];
        var size = _line.Price switch
        {
            LinePrice.PerEnergy => parts.Aggregate(ExactAmount.Zero, (sum, part) => sum + part.Amount),
            LinePrice.PerPeriod fee => Share(ExactAmount.OfMicro(fee.Micro), section, period),
            _ => _value,
        };
        return Rounded(parts, size);
    }

    /// <summary>The line over what was added, for a line whose fixed fee was billed before and stays.</summary>
    public StatementLine Line() => _line.Price is LinePrice.PerEnergy ? Line(default, default) : Rounded([], _value);

    private static ExactAmount Share(ExactAmount fee, UtcSpan section, UtcSpan period) =>
        new(fee.Nano * (section.End - period.Start) / period.Seconds - fee.Nano * (section.Start - period.Start) / period.Seconds);

    private static int IndexOf(IReadOnlyList<PriceBand> bands, string name)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            if (string.Equals(bands[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"the tariff has no band '{name}': the statement was made by another");
    }

    private StatementLine Rounded(IReadOnlyList<TierPart> parts, ExactAmount size)
    {
        var exact = _line.IsCredit ? -size : size;
        return new StatementLine(LineTag.Of(_line), parts, exact, exact.Round(_currency));
    }
}
