namespace Dems.Core.Crypto;

/// <summary>Domain tags: each kind of signed or hashed statement starts with its own, so that bytes signed for one purpose never serve another.</summary>
public static class Domains
{
    /// <summary>External additional data of an entry's COSE_Sign1 (RFC 9052 §4.4).</summary>
    public const string Entry = "dems/entry/1";

    /// <summary>Prevotes and precommits.</summary>
    public const string Vote = "dems/vote/1";

    /// <summary>Proposals.</summary>
    public const string Proposal = "dems/proposal/1";

    /// <summary>Promises of inclusion.</summary>
    public const string Promise = "dems/promise/1";

    /// <summary>Messages between members that are not consensus messages.</summary>
    public const string Peer = "dems/peer/1";

    /// <summary>Hash of a block header.</summary>
    public const string Header = "dems/header/1";

    /// <summary>Hash of a validator set.</summary>
    public const string Validators = "dems/validators/1";

    /// <summary>Hash of a genesis document.</summary>
    public const string Genesis = "dems/genesis/1";

    /// <summary>Derivation of a chain id.</summary>
    public const string Chain = "dems/chain/1";

    /// <summary>Content id of an entry.</summary>
    public const string Content = "dems/content/1";

    /// <summary>Proofs that whoever is registered under a key holds it.</summary>
    public const string Possession = "dems/possession/1";

    /// <summary>Keys of the state map.</summary>
    public const string State = "dems/state/1";

    /// <summary>Snapshots of the state map.</summary>
    public const string Snapshot = "dems/snapshot/1";

    /// <summary>Results of a block's entries, and the seed that blinds them.</summary>
    public const string Results = "dems/results/1";

    /// <summary>Result rows of ballots that opened.</summary>
    public const string BallotOpening = "dems/ballot-opening/1";

    /// <summary>Result rows of ballots that were counted.</summary>
    public const string BallotTally = "dems/ballot-tally/1";

    /// <summary>Result rows of ballots that took effect.</summary>
    public const string BallotEffect = "dems/ballot-effect/1";

    /// <summary>Rows of the results about one node in one interval.</summary>
    public const string Allocation = "dems/allocation/1";

    /// <summary>Rows of the results about one interval.</summary>
    public const string Interval = "dems/interval/1";

    /// <summary>Receipts (RFC 9942).</summary>
    public const string Receipt = "dems/receipt/1";

    /// <summary>Result rows with all that certifies them.</summary>
    public const string CertifiedRow = "dems/certified-row/1";

    /// <summary>A validator key's word for its member's receipt key.</summary>
    public const string ReceiptKey = "dems/receipt-key/1";

    /// <summary>Derivation of the salts that blind result rows.</summary>
    public const string ResultSalt = "dems/result-salt/1";

    /// <summary>Hash of a tariff.</summary>
    public const string Tariff = "dems/tariff/1";

    /// <summary>Hash of a table of local time.</summary>
    public const string TimeZone = "dems/time-zone/1";

    /// <summary>Hash of a statement.</summary>
    public const string Statement = "dems/statement/1";

    /// <summary>Statements with what proves them.</summary>
    public const string StatementProof = "dems/statement-proof/1";

    /// <summary>Hash of a credit or debit note.</summary>
    public const string Note = "dems/note/1";
}
