using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>Header; opening rows, kept until they show when the file begins; then row by row.</summary>
internal sealed class CityLearnParser : ILineParser
{
    private readonly ImportContext _context;
    private readonly RowReporter _report;
    private readonly string _building;
    private readonly decimal? _nominalPowerKw;
    private readonly List<CityLearnRow> _opening = [];
    private CityLearnHeader? _header;
    private CityLearnRowReader? _reader;
    private CityLearnSequence? _sequence;

    public CityLearnParser(ImportContext context, RowReporter report)
    {
        _context = context;
        _report = report;
        _building = Path.GetFileNameWithoutExtension(context.FileName);
        _nominalPowerKw = context.CityLearn.PowerOf(_building);
    }

    public bool Stopped { get; private set; }

    public void Accept(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        if (line.IsEmpty)
        {
            return;
        }

        if (_reader is null)
        {
            ReadHeader(number, line, rows);
            return;
        }

        Take(_reader.Read(number, line), rows);
    }

    public void PassOver(long number, ImportRow refusal, List<ImportRow> rows)
    {
        if (_reader is not null)
        {
            Take(new CityLearnRow(number, default, 0, 0, 0, 0, refusal), rows);
            return;
        }

        Stopped = true;
        rows.Add(refusal);
    }

    public void End(long number, List<ImportRow> rows)
    {
        if (Stopped)
        {
            return;
        }

        if (_header is null)
        {
            rows.Add(_report.Reject(0, "", [], "the file is empty", "the first row names the columns"));
            return;
        }

        if (_sequence is null)
        {
            Begin(isLastTry: true, rows);
        }

        _sequence?.End(rows);
    }

    private void ReadHeader(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        _header = CityLearnHeader.Read(line, out var name, out var flaw);
        if (_header is null)
        {
            Stopped = true;
            rows.Add(_report.Reject(number, name, line, flaw));
            return;
        }

        _reader = new CityLearnRowReader(_header, _nominalPowerKw ?? 0, _context.CityLearn.ReadsThermalDemand, _report);
        if (_header.Solar >= 0 && _nominalPowerKw is null)
        {
            rows.Add(_report.Reject(
                number, CityLearnHeader.SolarName, Encoding.UTF8.GetBytes(_building), "the nominal PV power is not known, so W per kW cannot become energy",
                "state the power in kW in citylearn.json (0 when there is no plant), or put the data set's schema.json beside the file"));
        }
    }

    private void Take(CityLearnRow row, List<ImportRow> rows)
    {
        if (_sequence is not null)
        {
            _sequence.Accept(row, rows);
            return;
        }

        _opening.Add(row);
        var isFull = _opening.Count == CityLearnAnchor.MaxOpeningRows;
        if (_context.CityLearn.StartDate is not null || isFull || CityLearnAnchor.IsWorthTrying(_opening))
        {
            Begin(isFull, rows);
        }
    }

    private void Begin(bool isLastTry, List<ImportRow> rows)
    {
        if (_opening.Count == 0)
        {
            return;
        }

        var first = _context.CityLearn.StartDate is { } date ? CityLearnAnchor.At(date, _opening[0].Label) : CityLearnAnchor.Find(_opening, isLastTry);
        if (first is not null)
        {
            var emitter = new CityLearnEmitter(_context, _building, _header!, _nominalPowerKw);
            _sequence = new CityLearnSequence(first.Value, emitter, _report);
            _opening.ForEach(row => _sequence.Accept(row, rows));
            _opening.Clear();
        }
        else if (isLastTry)
        {
            Stopped = true;
            rows.Add(_report.Reject(
                _opening[0].Line, CityLearnHeader.MonthName, [], "the rows do not show on which day they begin: there is no change of month",
                "state StartDate in citylearn.json"));
        }
    }
}
