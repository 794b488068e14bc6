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
    private readonly List<CityLearnPlacement> _placements = [];
    private CityLearnHeader? _header;
    private CityLearnRowReader? _reader;
    private CityLearnEmitter? _emitter;
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
            Begin(rows);
        }

        _sequence?.End(_placements);
        Emit(rows);
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

        var dataset = _context.CityLearn.Dataset;
        var meteringPoint = dataset.Length == 0 ? _building : $"{dataset}/{_building}";
        if (!MeteringPointText.IsId(Encoding.UTF8.GetBytes(meteringPoint), out flaw))
        {
            Stopped = true;
            var fix = "state a dataset in citylearn.json that makes an id with the file's name, or rename the file";
            rows.Add(_report.Reject(0, "", Encoding.UTF8.GetBytes(meteringPoint), flaw.Reason, fix));
            return;
        }

        _reader = new CityLearnRowReader(_header, _nominalPowerKw ?? 0, _context.CityLearn.ReadsThermalDemand, _report);
        _emitter = new CityLearnEmitter(_context, meteringPoint, _header, _nominalPowerKw, _report);
        if (_header.Solar >= 0 && _nominalPowerKw is null)
        {
            rows.Add(_report.Reject(
                number, CityLearnHeader.SolarName, Encoding.UTF8.GetBytes(_building),
                "the nominal PV power is not known, so W per kW cannot become energy",
                "state the power in kW in citylearn.json (0 when there is no plant), or put the data set's schema.json beside the file"));
        }
    }

    private void Take(CityLearnRow row, List<ImportRow> rows)
    {
        if (_sequence is not null)
        {
            _sequence.Accept(row, _placements);
            Emit(rows);
            return;
        }

        _opening.Add(row);
        if (_context.CityLearn.StartDate is not null || _opening.Count == CityLearnAnchor.MaxOpeningRows)
        {
            Begin(rows);
        }
    }

    private void Begin(List<ImportRow> rows)
    {
        if (_opening.Count == 0)
        {
            return;
        }

        var stated = _context.CityLearn.StartDate;
        var first = stated is { } date ? CityLearnAnchor.At(date, _opening[0].Label) : CityLearnAnchor.Find(_opening);
        if (first is null)
        {
            var reason = stated is null
                ? "month, hour and day type do not show on which day the rows begin"
                : "the stated start date lies outside 1971 to 2199";
            Stopped = true;
            rows.Add(_report.Reject(_opening[0].Line, CityLearnHeader.MonthName, [], reason, "state start_date in citylearn.json"));
            return;
        }

        _sequence = new CityLearnSequence(first.Value);
        _opening.ForEach(row => _sequence.Accept(row, _placements));
        _opening.Clear();
        Emit(rows);
    }

    private void Emit(List<ImportRow> rows)
    {
        _placements.ForEach(placement => _emitter!.Emit(placement, rows));
        _placements.Clear();
    }
}
