using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Admits or removes a party or a node. The members stand in for whoever would have to sign; all other rules of registrations hold, so that a metering point is admitted once.</summary>
internal static class AdmissionEffect
{
    public static EntryOutcome Apply(StateDraft draft, AdmissionChange change) => change.Body switch
    {
        PartyRegistration party => RegistrationExecution.Admit(draft, party),
        NodeRegistration node => RegistrationExecution.Admit(draft, node),
        Retirement { Subject: RetirementSubject.Node } retirement => RegistrationExecution.EndNode(draft, retirement),
        Retirement { Subject: RetirementSubject.Party } retirement => RegistrationExecution.EndParty(draft, retirement),
        var body => throw new InvalidOperationException($"{body.Kind} passed decoding as an admission."),
    };
}
