namespace Dems.Simulation;

/// <summary>What a Byzantine member does; see the class of the same name.</summary>
public enum ByzantineKind
{
    Equivocator,
    Silent,
    SelectiveSender,
    BodyWithholder,
    LockBreaker,
    InvalidProposer,
    StaleReplayer,
    EvidenceForger,
    FalseGuide,
    GarbageSender,
}
