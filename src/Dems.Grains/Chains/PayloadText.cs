using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Entries;

namespace Dems.Grains.Chains;

/// <summary>What a ballot would change, in a sentence for people.</summary>
internal static class PayloadText
{
    public static string Of(BallotPayload payload) => payload switch
    {
        RuleChange change => $"Allocate {change.Carrier} by another rule ({change.Policy.Length} bytes).",
        TariffChange change => $"Charge by another tariff ({change.Tariff.Length} bytes).",
        AdmissionChange { Body: PartyRegistration party } => $"Admit the party '{party.Name}' with the address {party.Address}.",
        AdmissionChange { Body: NodeRegistration node } => $"Admit the node {node.Address} with the metering point '{node.MeteringPoint}' of the party {node.Party}.",
        AdmissionChange { Body: Retirement { Subject: RetirementSubject.Node } node } => $"Remove the node {node.Address} from {DateTimeOffset.FromUnixTimeSeconds(node.Effective):u} on.",
        AdmissionChange { Body: Retirement party } => $"Remove the party {party.Address}.",
        ValidatorChange.Add add => $"Take in the member '{add.Name}' with the validator key {add.Key.Fingerprint}.",
        ValidatorChange.Remove remove => $"Exclude the member with the validator key {remove.Key.Fingerprint}.",
        ValidatorChange.Replace replace => $"Replace the validator key {replace.Key.Fingerprint} by {replace.NewKey.Fingerprint}.",
        ProtocolActivation activation => $"Activate protocol version {activation.Version}.",
        TimeZoneActivation activation => $"Reckon local times by the time-zone data {activation.Data}.",
        SettlementApproval approval => $"Close the period '{approval.Period}' as of block {approval.AsOf} with the statements and {approval.Notes} notes {approval.Statements}.",
        GovernanceChange { Rules: var r } => $"Vote {r.Weights}, quorum {r.QuorumPpm} and threshold {r.ThresholdPpm} millionths, notice {r.MinNoticeSeconds} s, at most {r.MaxOpenBallots} ballots.",
        Resolution => "Nothing but what the text says.",
        _ => throw new InvalidOperationException($"{payload.GetType().Name} has no words."),
    };
}
