using System.CommandLine;

namespace Dems.Cli.Governance;

/// <summary>The options that say what a ballot proposes. Which of them are needed depends on the kind.</summary>
internal sealed class ProposalOptions
{
    public Option<string?> File { get; } = new("--file") { Description = "tariff, rule: the tariff or allocation policy as JSON, or its canonical bytes (.cbor)." };

    public Option<string> Carrier { get; } = new("--carrier") { Description = "rule: the carrier, such as electricity.", DefaultValueFactory = _ => "electricity" };

    public Option<string?> NewKey { get; } = new("--new-key") { Description = "add-member, replace-key, admit-party, admit-node: key file of whoever is admitted, for its proof." };

    public Option<string?> Name { get; } = new("--name") { Description = "add-member, admit-party: name. admit-node: metering-point id. settlement: period, such as 2026-11." };

    public Option<string?> Validator { get; } = new("--validator") { Description = "remove-member, replace-key: the member's public key, 128 hexadecimal digits." };

    public Option<string?> Address { get; } = new("--address") { Description = "admit-node: address of its party. remove-node, remove-party: its own." };

    public Option<DateTimeOffset?> From { get; } = new("--from") { Description = "admit-node, remove-node: first second of the contract, or the first no longer covered (RFC 3339)." };

    public Option<string?> Hash { get; } = new("--hash") { Description = "settlement: hash of the statements. time-zones: hash of the data. 64 hexadecimal digits." };

    public Option<long> AsOf { get; } = new("--as-of") { Description = "settlement: height of the newest block that the statements count." };

    public Option<int> Notes { get; } = new("--notes") { Description = "settlement: number of credit and debit notes that come with them." };

    public Option<int> Version { get; } = new("--to-version") { Description = "protocol: the version." };

    public Option<string> Weights { get; } = new("--weights") { Description = "governance: perParty, perNode, perMember or byCapacity.", DefaultValueFactory = _ => "perParty" };

    public Option<int> Quorum { get; } = new("--quorum") { Description = "governance: quorum in millionths.", DefaultValueFactory = _ => 500_000 };

    public Option<int> Threshold { get; } = new("--threshold") { Description = "governance: threshold in millionths.", DefaultValueFactory = _ => 500_000 };

    public Option<int> MinNotice { get; } = new("--min-notice") { Description = "governance: shortest notice in seconds.", DefaultValueFactory = _ => 86_400 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { File, Carrier, NewKey, Name, Validator, Address, From, Hash, AsOf, Notes, Version, Weights, Quorum, Threshold, MinNotice })
        {
            command.Options.Add(option);
        }
    }
}
