namespace Dems.Core.Governance;

/// <summary>What a ballot decides about. Numbers are part of the signed bytes.</summary>
public enum BallotKind
{
    /// <summary>The allocation rule of a carrier: <see cref="Payloads.RuleChange"/>.</summary>
    Rule = 1,

    /// <summary>The prices: <see cref="Payloads.TariffChange"/>.</summary>
    Tariff = 2,

    /// <summary>Admits or removes a party or a node: <see cref="Payloads.AdmissionChange"/>. Decided by q members.</summary>
    Admission = 3,

    /// <summary>Adds, removes or replaces a validator: <see cref="Payloads.ValidatorChange"/>. Decided by q members.</summary>
    Validators = 4,

    /// <summary>Activates a protocol version: <see cref="Payloads.ProtocolActivation"/>. Decided by q members.</summary>
    Protocol = 5,

    /// <summary>Activates time-zone data: <see cref="Payloads.TimeZoneActivation"/>. Decided by q members.</summary>
    TimeZones = 6,

    /// <summary>Approves the statements of a period: <see cref="Payloads.SettlementApproval"/>.</summary>
    Settlement = 7,

    /// <summary>Words only: <see cref="Payloads.Resolution"/>.</summary>
    Resolution = 8,

    /// <summary>How later ballots are counted: <see cref="Payloads.GovernanceChange"/>.</summary>
    Governance = 9,
}
