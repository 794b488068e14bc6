namespace Dems.Core.Ledger.Entries;

/// <summary>What a message between nodes says. Numbers are part of the signed bytes.</summary>
public enum MessageType
{
    /// <summary>The sender would supply.</summary>
    Offer = 1,

    /// <summary>The sender would take.</summary>
    Request = 2,

    /// <summary>Agrees to an offer or request that was sent to the sender.</summary>
    Accept = 3,

    /// <summary>Declines one.</summary>
    Reject = 4,

    /// <summary>Words only.</summary>
    Text = 5,
}
