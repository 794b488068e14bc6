namespace Dems.Core.Ledger.Execution;

/// <summary>A value of the state map in decoded form.</summary>
internal interface IStateRecord
{
    /// <summary>The bytes that the state root covers: a function of the content alone.</summary>
    byte[] Encode();
}
