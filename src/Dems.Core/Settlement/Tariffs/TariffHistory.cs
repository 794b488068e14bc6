using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Tariffs;

/// <summary>The tariffs of a pool in the order in which they took effect. Intervals keep the tariff of their start, however late they are settled.</summary>
/// <remarks>Invariant: each tariff is valid; times and versions ascend strictly.</remarks>
public sealed class TariffHistory
{
    private readonly TariffVersion[] _versions;

    private TariffHistory(TariffVersion[] versions) => _versions = versions;

    /// <summary>Ascending by time and by version.</summary>
    public IReadOnlyList<TariffVersion> Versions => _versions;

    /// <summary>Takes tariffs; false with a reason if one is not valid or the order is broken.</summary>
    public static bool TryCreate(IReadOnlyList<TariffVersion> versions, out TariffHistory history, out string error)
    {
        history = null!;
        for (var i = 0; i < versions.Count; i++)
        {
            if (!versions[i].Tariff.TryValidate(out error))
            {
                error = $"tariff version {versions[i].Tariff.Version}: {error}";
                return false;
            }

            if (i > 0 && (versions[i].From <= versions[i - 1].From || versions[i].Tariff.Version <= versions[i - 1].Tariff.Version))
            {
                error = $"tariff version {versions[i].Tariff.Version}: must be higher and later than the one before";
                return false;
            }
        }

        history = new TariffHistory([.. versions]);
        error = "";
        return true;
    }

    /// <summary>The tariff with a version number; null if there is none.</summary>
    public Tariff? WithVersion(int version) => Array.Find(_versions, candidate => candidate.Tariff.Version == version)?.Tariff;

    /// <summary>A span cut where tariffs change, ascending. What lies before the first tariff is missing.</summary>
    public IEnumerable<(UtcSpan Span, Tariff Tariff)> Cut(UtcSpan span)
    {
        for (var i = 0; i < _versions.Length; i++)
        {
            var end = i + 1 < _versions.Length ? _versions[i + 1].From : long.MaxValue;
            var piece = span.Intersect(new UtcSpan(_versions[i].From, end));
            if (!piece.IsEmpty)
            {
                yield return (piece, _versions[i].Tariff);
            }
        }
    }
}
