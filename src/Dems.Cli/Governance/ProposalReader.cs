using System.CommandLine;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Governance;

/// <summary>Makes what a ballot proposes from the command line.</summary>
internal static class ProposalReader
{
    /// <summary>The kinds, as the command line names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "resolution", "rule", "tariff", "settlement", "governance", "admit-party", "admit-node", "remove-party", "remove-node",
        "add-member", "remove-member", "replace-key", "protocol", "time-zones",
    ];

    public static BallotPayload Read(string kind, ParseResult result, ProposalOptions options, ChainId chain)
    {
        string Text(Option<string?> option) => result.GetValue(option) ?? throw Missing(kind, option.Name);
        long Seconds(Option<DateTimeOffset?> option) => (result.GetValue(option) ?? throw Missing(kind, option.Name)).ToUnixTimeSeconds();
        NodeAddress Address() => NodeAddress.TryParse(Text(options.Address), out var address, out var error) ? address : throw Wrong(options.Address.Name, error);
        Hash32 Hash() => Hash32.TryParse(Text(options.Hash), out var hash) ? hash : throw Wrong(options.Hash.Name, "64 hexadecimal digits are expected");
        PublicKey Validator() => TryParseKey(Text(options.Validator)) ?? throw Wrong(options.Validator.Name, $"{2 * PublicKey.Size} hexadecimal digits of a point on P-256 are expected");
        switch (kind)
        {
            case "resolution":
                return new Resolution();
            case "rule":
                return new RuleChange(CarrierOf(result.GetValue(options.Carrier)!, options.Carrier.Name), PayloadFiles.ReadPolicy(Text(options.File)));
            case "tariff":
                return new TariffChange(PayloadFiles.ReadTariff(Text(options.File)));
            case "settlement":
                return new SettlementApproval(Text(options.Name), Hash(), result.GetValue(options.AsOf), result.GetValue(options.Notes));
            case "governance":
                return new GovernanceChange(RulesOf(result, options));
            case "remove-party":
                return new AdmissionChange(new Retirement(RetirementSubject.Party, Address(), default, 0));
            case "remove-node":
                return new AdmissionChange(new Retirement(RetirementSubject.Node, Address(), default, Seconds(options.From)));
            case "remove-member":
                return new ValidatorChange.Remove(Validator());
            case "protocol":
                return new ProtocolActivation(result.GetValue(options.Version));
            case "time-zones":
                return new TimeZoneActivation(Hash());
        }

        using var key = MemberOptionsGroup.LoadKey(Text(options.NewKey));
        return kind switch
        {
            "admit-party" => new AdmissionChange(EntryBuilder.PartyRegistration(chain, key, Text(options.Name))),
            "admit-node" => new AdmissionChange(EntryBuilder.NodeRegistration(
                chain, key, Text(options.Name), Address(), [new EnergySource("grid", CarrierOf(result.GetValue(options.Carrier)!, options.Carrier.Name), SourceKind.Grid, 0, 0)], Seconds(options.From))),
            "add-member" => EntryBuilder.ValidatorAddition(chain, key, Text(options.Name)),
            "replace-key" => EntryBuilder.ValidatorReplacement(chain, key, Validator()),
            _ => throw new CommandException(ExitCodes.Usage, $"'{kind}' is no kind of ballot; there are {string.Join(", ", Kinds)}."),
        };
    }

    private static GovernanceRules RulesOf(ParseResult result, ProposalOptions options)
    {
        var rules = new GovernanceRules
        {
            Weights = Enum.TryParse<WeightMode>(result.GetValue(options.Weights), ignoreCase: true, out var weights) ? weights : default,
            QuorumPpm = result.GetValue(options.Quorum),
            ThresholdPpm = result.GetValue(options.Threshold),
            MinNoticeSeconds = result.GetValue(options.MinNotice),
        };
        return rules.Refusal() is { } refusal ? throw new CommandException(ExitCodes.Usage, refusal) : rules;
    }

    private static Carrier CarrierOf(string name, string option) => Enum.TryParse<Carrier>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var carrier) && Enum.IsDefined(carrier)
        ? carrier
        : throw Wrong(option, $"'{name}' is no carrier");

    private static PublicKey? TryParseKey(string hex)
    {
        try
        {
            return new PublicKey(Convert.FromHexString(hex));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static CommandException Missing(string kind, string option) => new(ExitCodes.Usage, $"A ballot of kind {kind} needs {option}.");

    private static CommandException Wrong(string option, string reason) => new(ExitCodes.Usage, $"{option}: {reason}.");
}
