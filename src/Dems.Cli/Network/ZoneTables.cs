using System.Collections.Concurrent;
using Dems.Contracts.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Formats.TimeZones;

namespace Dems.Cli.Network;

/// <summary>Local time from the time-zone database that the software brings along.</summary>
internal sealed class ZoneTables : ILocalTimes
{
    private readonly ConcurrentDictionary<string, LocalTimeRules> _tables = new(StringComparer.Ordinal);

    public bool TryFind(string zone, out LocalTimeRules rules, out string error)
    {
        error = "";
        if (_tables.TryGetValue(zone, out rules!) || TimeZoneTables.TryMake(zone, out rules, out error))
        {
            _tables.TryAdd(zone, rules);
            return true;
        }

        return false;
    }
}
