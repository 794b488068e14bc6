using Dems.Core.Settlement.Calendar;

namespace Dems.Contracts.Settlement;

/// <summary>Local time of the zones that pools reckon by.</summary>
public interface ILocalTimes
{
    /// <summary>The table of a zone by its IANA name; false with a reason if it is not known.</summary>
    bool TryFind(string zone, out LocalTimeRules rules, out string error);
}
