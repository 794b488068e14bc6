using Dems.Core.Consensus;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Who decided which heights, as far as genesis and hand-overs show it. Each hand-over is certified by the set before it, so trust in genesis reaches as far as a chain of
/// them; a header that names another set than the trail is refused, because nothing shows why that set should be believed.
/// </summary>
internal sealed class ValidatorTrail(Genesis genesis, ChainId chain, ISignatureVerifier verifier)
{
    private readonly List<(Height From, ValidatorSet Set)> _sets = [(Height.Genesis.Next, genesis.Validators)];

    /// <summary>Whether a key is a validator's in any set of the trail.</summary>
    public bool Knows(PublicKey key) => _sets.Exists(entry => entry.Set.IndexOf(key) >= 0);

    /// <summary>The set that decides a height.</summary>
    public ValidatorSet At(Height height) => _sets.Last(entry => entry.From <= height).Set;

    /// <summary>Follows a hand-over; the error if it does not continue the trail.</summary>
    public ReceiptError? Follow(HandOver handOver, string field)
    {
        var header = handOver.Block.Header;
        if (header.Height.Next <= _sets[^1].From)
        {
            return new ReceiptError($"{field}.header", $"of height {header.Height} does not come after the one before");
        }

        if (Check(handOver.Block, field) is { } error)
        {
            return error;
        }

        if (handOver.Next.Hash != header.NextValidators || header.NextValidators == header.Validators)
        {
            return new ReceiptError($"{field}.keys", "are not the new validators that the header names");
        }

        _sets.Add((header.Height.Next, handOver.Next));
        return null;
    }

    /// <summary>Checks a header of the chain against the validators of its height; the error if it is not final.</summary>
    public ReceiptError? Check(CertifiedHeader certified, string field)
    {
        var header = certified.Header;
        if (header.Chain != chain)
        {
            return new ReceiptError($"{field}.header", $"is of chain {header.Chain}, not {chain}");
        }

        var set = At(header.Height);
        if (header.Validators != set.Hash)
        {
            return new ReceiptError(
                $"{field}.header", $"names validators {header.Validators}; genesis and handOvers lead to {set.Hash} at height {header.Height}: a hand-over is missing or wrong");
        }

        if (certified.Certificate.Block != certified.Hash)
        {
            return new ReceiptError($"{field}.certificate", $"decides block {certified.Certificate.Block}, and the hash of {field}.header is {certified.Hash}");
        }

        return CertificateRules.TryVerify(certified.Certificate, chain, header.Height, set, verifier, out var reason)
            ? null
            : new ReceiptError($"{field}.certificate", reason);
    }
}
