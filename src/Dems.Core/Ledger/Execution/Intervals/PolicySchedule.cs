using System.Formats.Cbor;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// The allocation policies of one carrier: [[from, policy], …], ascending by the first second from which each is in force; an interval belongs to the policy in force at its start.
/// </summary>
public sealed class PolicySchedule : IStateRecord
{
    /// <summary>Most policies that a schedule keeps.</summary>
    public const int MaxPolicies = 256;

    private readonly PolicyPeriod[] _periods;

    internal PolicySchedule(IEnumerable<PolicyPeriod> periods) => _periods = [.. periods];

    /// <summary>The policies, ascending by <see cref="PolicyPeriod.From"/>.</summary>
    public IReadOnlyList<PolicyPeriod> Periods => _periods;

    /// <summary>The policy of an interval by its start in seconds since 1970-01-01T00:00:00Z.</summary>
    public PolicyPeriod At(long start)
    {
        for (var i = _periods.Length - 1; i > 0; i--)
        {
            if (_periods[i].From <= start)
            {
                return _periods[i];
            }
        }

        return _periods[0];
    }

    /// <summary>The schedule with a further policy from a second on; policies that would have begun at or after it are dropped.</summary>
    internal PolicySchedule With(PolicyPeriod period) => new(_periods.Where(known => known.From < period.From).Append(period).TakeLast(MaxPolicies));

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(256);
        writer.WriteStartArray(_periods.Length);
        foreach (var (from, policy) in _periods)
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(from);
            writer.WriteByteString(PolicyCodec.Encode(policy));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static PolicySchedule Read(CborReader reader)
    {
        var periods = new PolicyPeriod[Canonical.ReadArrayUpTo(reader, MaxPolicies)];
        for (var i = 0; i < periods.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            var from = reader.ReadInt64();
            periods[i] = PolicyCodec.TryDecode(reader.ReadDefiniteLengthByteString(), out var policy, out var error)
                ? new PolicyPeriod(from, policy)
                : throw new FormatException(error);
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return new PolicySchedule(periods);
    }
}
