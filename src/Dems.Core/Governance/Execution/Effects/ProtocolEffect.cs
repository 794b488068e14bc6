using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>The next block is made by another protocol version or by other time-zone data. Validators that do not know them stop after this block.</summary>
internal static class ProtocolEffect
{
    public static EntryOutcome Apply(StateDraft draft, ProtocolActivation activation)
    {
        var protocol = Read(draft);
        if (activation.Version <= protocol.Version)
        {
            return activation.Version == protocol.Version ? EntryOutcome.Duplicate : EntryOutcome.RefusedNotAllowed;
        }

        draft.Set(StateKeys.Protocol, protocol with { Version = activation.Version });
        return EntryOutcome.Applied;
    }

    public static EntryOutcome Apply(StateDraft draft, TimeZoneActivation activation)
    {
        var protocol = Read(draft);
        if (protocol.TimeZones == activation.Data)
        {
            return EntryOutcome.Duplicate;
        }

        draft.Set(StateKeys.Protocol, protocol with { TimeZones = activation.Data });
        return EntryOutcome.Applied;
    }

    private static ProtocolRecord Read(StateDraft draft) => draft.Get(StateKeys.Protocol, StateDecoders.Protocol)!;
}
