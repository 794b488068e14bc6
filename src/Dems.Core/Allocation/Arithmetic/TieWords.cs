using Dems.Core.Energy;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>
/// First words of the tie order, each computed once per interval and only when a tie needs it: where everybody ties (equal shares, equal amounts), several roundings of an
/// interval ask for the same ones, and hashing is what an allocation costs.
/// </summary>
internal sealed class TieWords(NodeAddress[] addresses, TieOrder ties)
{
    private readonly ulong[] _words = new ulong[addresses.Length];
    private readonly int[] _generations = new int[addresses.Length];
    private readonly int[] _missing = new int[addresses.Length];
    private readonly ulong[] _computed = new ulong[addresses.Length];

    /// <summary>The words of some places.</summary>
    public void Of(ReadOnlySpan<int> places, Span<ulong> words)
    {
        var missing = 0;
        foreach (var place in places)
        {
            if (_generations[place] != ties.Generation)
            {
                _missing[missing++] = place;
            }
        }

        ties.FirstWordsOf(addresses, _missing.AsSpan(0, missing), _computed);
        for (var i = 0; i < missing; i++)
        {
            _words[_missing[i]] = _computed[i];
            _generations[_missing[i]] = ties.Generation;
        }

        for (var i = 0; i < places.Length; i++)
        {
            words[i] = _words[places[i]];
        }
    }
}
