namespace Dems.Formats.CityLearn;

/// <summary>
/// Gives each row its hour. Hour follows hour from the first one on, and every row's own label must say the same. A row that does not is held until
/// the next one tells why: if that fits where it should, the held row alone is damaged; if it fits where the held one should be, the held row is
/// surplus; if both fit some hours later, rows are missing between. One damaged row thus never moves the others.
/// </summary>
internal sealed class CityLearnSequence(long firstSlot)
{
    /// <summary>Most missing hours that are recognised as such.</summary>
    private const int MaxGap = 168;

    private long _next = firstSlot;
    private CityLearnRow? _held;

    /// <summary>Takes a row; adds the rows about which everything is known now, two at most.</summary>
    public void Accept(CityLearnRow row, List<CityLearnPlacement> placements)
    {
        if (_held is { } held)
        {
            _held = null;
            Resolve(held, row, placements);
        }
        else if (row.Label.Fits(_next))
        {
            Place(row, 0, placements);
        }
        else
        {
            _held = row;
        }
    }

    /// <summary>The file ends: a held row has nothing to vouch for it.</summary>
    public void End(List<CityLearnPlacement> placements)
    {
        if (_held is { } held)
        {
            Refuse(held, placements);
        }
    }

    private void Resolve(CityLearnRow held, CityLearnRow row, List<CityLearnPlacement> placements)
    {
        var isDamaged = row.Label.Fits(_next + 1);
        if (isDamaged || row.Label.Fits(_next))
        {
            Refuse(held, placements);
            _next += isDamaged ? 1 : 0;
            Place(row, 0, placements);
            return;
        }

        for (var gap = 1; gap <= MaxGap; gap++)
        {
            if (held.Label.Fits(_next + gap) && row.Label.Fits(_next + gap + 1))
            {
                _next += gap;
                Place(held, gap, placements);
                Place(row, 0, placements);
                return;
            }
        }

        Refuse(held, placements);
        _next++;
        _held = row;
    }

    private void Place(CityLearnRow row, int missingBefore, List<CityLearnPlacement> placements) =>
        placements.Add(new CityLearnPlacement(row, _next++, IsPlaced: true, missingBefore));

    private void Refuse(CityLearnRow row, List<CityLearnPlacement> placements) =>
        placements.Add(new CityLearnPlacement(row, _next, IsPlaced: false, 0));
}
