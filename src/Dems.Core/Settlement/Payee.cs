namespace Dems.Core.Settlement;

/// <summary>Who is on the other side of a line: takes what the party owes, pays what it is owed. Numbers are part of encoded tariffs and statements.</summary>
public enum Payee
{
    /// <summary>The community's own account. Only these lines are due by a statement; the others show what somebody else bills.</summary>
    Community = 1,

    /// <summary>The supplier of residual energy, or the buyer of the surplus.</summary>
    Supplier = 2,

    /// <summary>The operator of the grid.</summary>
    GridOperator = 3,

    /// <summary>Producers are paid by consumers directly, beside the community's account.</summary>
    Producer = 4,
}
