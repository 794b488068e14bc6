using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Governance.Encoding;

/// <summary>Governance rules as one item of a larger message: [weights, quorum, threshold, minimum notice, open ballots].</summary>
internal static class GovernanceCodec
{
    public static void Write(CborWriter writer, GovernanceRules rules)
    {
        writer.WriteStartArray(5);
        writer.WriteInt32((int)rules.Weights);
        writer.WriteInt32(rules.QuorumPpm);
        writer.WriteInt32(rules.ThresholdPpm);
        writer.WriteInt32(rules.MinNoticeSeconds);
        writer.WriteInt32(rules.MaxOpenBallots);
        writer.WriteEndArray();
    }

    /// <summary>Reads rules within their bounds, inside <see cref="Canonical.TryDecode"/>.</summary>
    public static GovernanceRules Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var rules = new GovernanceRules
        {
            Weights = (WeightMode)reader.ReadInt32(),
            QuorumPpm = reader.ReadInt32(),
            ThresholdPpm = reader.ReadInt32(),
            MinNoticeSeconds = reader.ReadInt32(),
            MaxOpenBallots = reader.ReadInt32(),
        };
        reader.ReadEndArray();
        return rules.Refusal() is { } refusal ? throw new FormatException(refusal) : rules;
    }
}
