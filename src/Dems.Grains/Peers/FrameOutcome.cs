namespace Dems.Grains.Peers;

/// <summary>What became of a received frame.</summary>
public enum FrameOutcome
{
    /// <summary>It is in the inbox of its chain.</summary>
    Accepted,

    /// <summary>The inbox or the verifier is full: the sender slows down and repeats what still matters.</summary>
    Busy,

    /// <summary>Malformed, wrongly signed, or of a chain that is not kept here.</summary>
    Refused,
}
