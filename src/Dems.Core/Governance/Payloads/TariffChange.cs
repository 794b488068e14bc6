namespace Dems.Core.Governance.Payloads;

/// <summary>Another tariff from the ballot's effect on.</summary>
/// <param name="Tariff">The canonical bytes of a valid tariff (<see cref="Settlement.Encoding.TariffCodec"/>), of a higher version than the one before it.</param>
public sealed record TariffChange(ReadOnlyMemory<byte> Tariff) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Tariff;
}
