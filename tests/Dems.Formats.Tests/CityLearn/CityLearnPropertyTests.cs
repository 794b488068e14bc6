using CsCheck;
using Dems.Formats.CityLearn;

namespace Dems.Formats.Tests.CityLearn;

/// <summary>Files that begin anywhere within 28 years, whole or with one row damaged, lost or doubled.</summary>
public sealed class CityLearnPropertyTests
{
    private static readonly DateTime Earliest = new(1996, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<DateTime> Beginnings = Gen.Int[0, 26 * 365 * 24].Select(hours => Earliest.AddHours(hours));

    private enum Damage
    {
        None,
        Calendar,
        Value,
        Garbage,
        Lost,
        Doubled,
    }

    /// <summary>The year cannot always be told from a part of it, so the beginning is stated here.</summary>
    [Fact]
    public void Rows_AroundOneDamagedRow_KeepTheirHours() =>
        Gen.Select(Beginnings, Gen.Int[80, 400], Gen.Int[2, 78], Gen.Enum<Damage>(), Gen.Int[0, 2], Gen.Int[1, 24]).Sample(
            (first, rows, victim, damage, column, value) =>
            {
                var lines = MadeUpBuilding.Write(first, rows);
                Spoil(lines, victim + 1, damage, column, value);
                var options = new CityLearnOptions { StartDate = DateOnly.FromDateTime(first), NominalPowerKw = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["home"] = 2 } };
                Check(Read(lines, options), first, rows, victim, damage);
            },
            iter: TestScale.Times(400));

    /// <summary>Calendars repeat, and the latest fitting one is taken; one year later or earlier, the same rows would not fit.</summary>
    [Fact]
    public void Beginning_LeftOut_IsFoundInSpiteOfOneDamagedRow() =>
        Gen.Select(Beginnings, Gen.Int[800, 9000], Gen.Int[0, 799], Gen.Enum<Damage>(), Gen.Int[0, 2], Gen.Int[1, 24]).Sample(
            (first, rows, victim, damage, column, value) =>
            {
                var lines = MadeUpBuilding.Write(first, rows);
                Spoil(lines, victim + 1, damage, column, value);
                var outcome = Read(
                    lines, new CityLearnOptions { NominalPowerKw = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["home"] = 2 } });

                var found = DateTime.UnixEpoch.AddSeconds(outcome.Accepted[^1].Reading.Start);
                var last = first.AddHours(rows - 1);
                Assert.Equal((last.Month, last.Day, last.Hour, last.DayOfWeek), (found.Month, found.Day, found.Hour, found.DayOfWeek));
                Assert.InRange(found.Year, last.Year, CityLearnAnchor.LatestYear + 1);
                if (victim is > 1 and < 700)
                {
                    Check(outcome, first + (found - last), rows, victim, damage);
                }
            },
            iter: TestScale.Times(15));

    private static void Spoil(List<string> lines, int line, Damage damage, int column, int value)
    {
        var fields = lines[line].Split(',');
        switch (damage)
        {
            case Damage.Calendar:
                // A holiday may stand on any day, and the weekday of a holiday is no damage either.
                fields[column] = fields[column] == $"{value}" || (column == 2 && (value == 8 || fields[2] == "8")) ? "0" : $"{value}";
                lines[line] = string.Join(',', fields);
                break;
            case Damage.Value:
                fields[4] = "broken";
                lines[line] = string.Join(',', fields);
                break;
            case Damage.Garbage:
                lines[line] = "\"";
                break;
            case Damage.Lost:
                lines.RemoveAt(line);
                break;
            case Damage.Doubled:
                lines.Insert(line, lines[line]);
                break;
        }
    }

    private static void Check(Reader.Outcome outcome, DateTime first, int rows, int victim, Damage damage)
    {
        var start = new DateTimeOffset(first).ToUnixTimeSeconds();
        var isGone = damage is Damage.Calendar or Damage.Value or Damage.Garbage or Damage.Lost;
        var expected = Enumerable.Range(0, rows).Where(row => !isGone || row != victim)
            .SelectMany(row => new[] { (start + row * 3600L, MadeUpBuilding.Load(row)), (start + row * 3600L, MadeUpBuilding.Solar(row) * 2) });
        Assert.Equal(expected, outcome.Accepted.Select(row => (row.Reading.Start, row.Reading.Quantity)));
        if (damage == Damage.None)
        {
            Assert.Empty(outcome.Rejected);
            return;
        }

        var line = damage == Damage.Doubled ? victim + 3 : victim + 2;
        Assert.Equal(line, Assert.Single(outcome.Rejected).Line);
    }

    private static Reader.Outcome Read(List<string> lines, CityLearnOptions options) =>
        Reader.ReadAsync(new CityLearnFormat(), string.Join('\n', lines), new ImportContext("home.csv") { CityLearn = options }).GetAwaiter().GetResult();
}
