using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>
/// Gives each row its hour. Hour follows hour from the anchor on, and every row's own label must say the same. A row that does not is held until the next one tells
/// why: if that fits where it should, the held row alone is damaged; if it fits where the held one should be, the held row is surplus; if both fit some hours
/// later, rows are missing between. One damaged row thus never moves the others.
/// </summary>
internal sealed class CityLearnSequence(long firstSlot, CityLearnEmitter emitter, RowReporter report)
{
    /// <summary>Most missing hours that are recognised as such.</summary>
    private const int MaxGap = 168;

    private long _next = firstSlot;
    private CityLearnRow? _held;

    /// <summary>Takes a row; adds the readings of each row whose hour is certain, and refusals.</summary>
    public void Accept(CityLearnRow row, List<ImportRow> rows)
    {
        if (_held is { } held)
        {
            _held = null;
            Resolve(held, row, rows);
            return;
        }

        AcceptNext(row, rows);
    }

    /// <summary>The file ends: a held row has nothing to vouch for it.</summary>
    public void End(List<ImportRow> rows)
    {
        if (_held is { } held)
        {
            rows.Add(Misplaced(held));
        }
    }

    private void AcceptNext(CityLearnRow row, List<ImportRow> rows)
    {
        if (row.Label.Fits(_next))
        {
            Place(row, rows);
            return;
        }

        _held = row;
    }

    private void Resolve(CityLearnRow held, CityLearnRow row, List<ImportRow> rows)
    {
        var isDamaged = row.Label.Fits(_next + 1);
        if (isDamaged || row.Label.Fits(_next))
        {
            rows.Add(Misplaced(held));
            _next += isDamaged ? 1 : 0;
            Place(row, rows);
            return;
        }

        for (var gap = 1; gap <= MaxGap; gap++)
        {
            if (held.Label.Fits(_next + gap) && row.Label.Fits(_next + gap + 1))
            {
                rows.Add(report.Reject(held.Line, CityLearnHeader.HourName, [], $"{gap} hourly rows are missing before this line", "restore them from the published file"));
                _next += gap;
                Place(held, rows);
                Place(row, rows);
                return;
            }
        }

        rows.Add(Misplaced(held));
        _next++;
        _held = row;
    }

    private void Place(CityLearnRow row, List<ImportRow> rows)
    {
        if (row.Refusal is null)
        {
            emitter.Emit(row, _next, rows);
        }
        else
        {
            rows.Add(row.Refusal);
        }

        _next++;
    }

    private ImportRow Misplaced(CityLearnRow row)
    {
        if (row.Refusal is not null)
        {
            return row.Refusal;
        }

        var due = CityLearnLabel.Of(_next);
        var (field, value) = row.Label.Hour != due.Hour ? (CityLearnHeader.HourName, row.Label.Hour)
            : row.Label.Month != due.Month ? (CityLearnHeader.MonthName, row.Label.Month)
            : (CityLearnHeader.DayTypeName, row.Label.DayType);
        return report.Reject(
            row.Line, field, Encoding.ASCII.GetBytes($"{value}"), $"month {due.Month}, hour {due.Hour}, day type {due.DayType} is due here",
            "restore the row as it was published; check StartDate if every row is refused");
    }
}
