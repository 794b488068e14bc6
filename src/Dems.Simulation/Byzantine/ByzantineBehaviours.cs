namespace Dems.Simulation.Byzantine;

/// <summary>Makes behaviours by their kind.</summary>
internal static class ByzantineBehaviours
{
    public static ByzantineBehaviour Of(ByzantineKind kind, ByzantineContext context) => kind switch
    {
        ByzantineKind.Equivocator => new Equivocator(context),
        ByzantineKind.Silent => new Silent(context),
        ByzantineKind.SelectiveSender => new SelectiveSender(context),
        ByzantineKind.BodyWithholder => new BodyWithholder(context),
        ByzantineKind.LockBreaker => new LockBreaker(context),
        ByzantineKind.InvalidProposer => new InvalidProposer(context),
        ByzantineKind.StaleReplayer => new StaleReplayer(context),
        ByzantineKind.EvidenceForger => new EvidenceForger(context),
        ByzantineKind.FalseGuide => new FalseGuide(context),
        ByzantineKind.GarbageSender => new GarbageSender(context),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
