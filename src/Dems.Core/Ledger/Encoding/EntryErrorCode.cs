namespace Dems.Core.Ledger.Encoding;

/// <summary>Why an entry was not opened. None of these depends on chain state.</summary>
public enum EntryErrorCode
{
    /// <summary>No error.</summary>
    None,

    /// <summary>More bytes than an entry may have.</summary>
    TooLarge,

    /// <summary>Not the expected canonical CBOR.</summary>
    Malformed,

    /// <summary>A version of envelope or payload that this software does not know.</summary>
    UnsupportedVersion,

    /// <summary>A kind that this software does not know, or envelope and payload disagree about it.</summary>
    Kind,

    /// <summary>The envelope is sealed, which protocol version 1 does not allow.</summary>
    Sealed,

    /// <summary>Not a COSE_Sign1 message in the profile of docs/format.md.</summary>
    Cose,

    /// <summary>The signature has s in the upper half of the order.</summary>
    HighS,

    /// <summary>A field is out of its bounds or order.</summary>
    Field,

    /// <summary>The readings do not give the signed root.</summary>
    ReadingsRoot,

    /// <summary>The signature is not valid under the key of the protected header.</summary>
    Signature,

    /// <summary>A registered key did not prove that it is held.</summary>
    Possession,

    /// <summary>The evidence does not show two statements of one key that exclude each other.</summary>
    Evidence,
}
