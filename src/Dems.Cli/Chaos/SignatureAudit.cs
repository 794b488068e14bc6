using Dems.Core.Ledger;

namespace Dems.Cli.Chaos;

/// <summary>
/// Everything that the members were seen to sign, over all their lives. Signing two different things at one place is what must never happen; signing the same again
/// (a retransmission) is harmless. Shares nothing with the members' own safety rows.
/// </summary>
internal sealed class SignatureAudit
{
    private readonly Dictionary<(int Validator, ChainId Chain, long Height, int Round, int Kind), string> _said = [];
    private readonly Dictionary<int, (long Height, int Round, int Kind)> _highest = [];
    private readonly List<string> _doubles = [];

    /// <summary>Places at which two different things were signed.</summary>
    public IReadOnlyList<string> Doubles => _doubles;

    /// <summary>Places at which something was signed.</summary>
    public int Count => _said.Count;

    /// <summary>The highest place at which a validator signed; before the first height if it never did.</summary>
    public (long Height, int Round, int Kind) HighestOf(int validator) => _highest.GetValueOrDefault(validator);

    /// <summary>Adds what was seen.</summary>
    public void Add(IEnumerable<SignedMessage> messages)
    {
        foreach (var message in messages)
        {
            var place = (message.Validator, message.Chain, message.Height, message.Round, message.Kind);
            if (!_said.TryAdd(place, message.Said))
            {
                if (_said[place] != message.Said)
                {
                    _doubles.Add($"validator {message.Validator} at {message.Place}: {_said[place]} and {message.Said}");
                }

                continue;
            }

            if (message.Place.CompareTo(HighestOf(message.Validator)) > 0)
            {
                _highest[message.Validator] = message.Place;
            }
        }
    }

    /// <summary>Whether a message was seen before.</summary>
    public bool Has(SignedMessage message) =>
        _said.TryGetValue((message.Validator, message.Chain, message.Height, message.Round, message.Kind), out var said) && said == message.Said;
}
