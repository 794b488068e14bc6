using System.Runtime.CompilerServices;
using System.Text;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Tests.Allocation.Encoding;
using Dems.Core.Tests.Ledger.Execution;
using Dems.Core.Tests.Ledger.Execution.Intervals;
using Dems.Core.Tests.Ledger.Receipts;
using Dems.Core.Tests.Settlement;
using Dems.Core.Tests.Settlement.OnChain;
using Xunit;

namespace Dems.Core.Tests.Golden;

/// <summary>
/// Pins one example of every encoded type. A difference is a change of format, to be reviewed as one: run with DEMS_GOLDEN_WRITE=1 to write
/// the files anew, and say in docs/format.md what changed.
/// </summary>
public sealed class GoldenTests
{
    private static readonly SortedDictionary<string, byte[]> Current = Build();

    public static TheoryData<string> Names => [.. Current.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_OfSample_IsAsPinned(string name)
    {
        var file = $"{name}.hex";
        if (Environment.GetEnvironmentVariable("DEMS_GOLDEN_WRITE") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), file), Format(Current[name]));
            return;
        }

        var path = Path.Combine(AppContext.BaseDirectory, "Golden", file);
        Assert.True(File.Exists(path), $"{file} is missing: a new type needs a golden file");
        Assert.Equal(File.ReadAllText(path), Format(Current[name]));
    }

    [Fact]
    public void Files_WithoutSample_DoNotExist()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.hex").Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.DoesNotContain(files, file => !Current.ContainsKey(file));
    }

    private static SortedDictionary<string, byte[]> Build()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Sign(Samples.Batch with { Node = chain.Node }, chain.NodeKey), chain.Import(chain.Gateway, Samples.Midnight, 0, 1));
        chain.Execute(chain.Sign(Samples.EvidenceOf(chain.Members[3], 3, chain.Chain), chain.Members[1]));
        var receipts = new ReceiptChain();
        receipts.HandOver(ReceiptChain.Keys("second", 4));
        var height = receipts.Add(receipts.Batch(1, 2, 3));
        receipts.Add();
        var all = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["header"] = HeaderCodec.Encode(Samples.Header),
            ["block"] = BlockCodec.Encode(Samples.Block),
            ["vote"] = VoteCodec.Encode(Samples.Vote),
            ["vote-nil"] = VoteCodec.Encode(Samples.NilVote),
            ["proposal"] = ProposalCodec.Encode(Samples.Proposal),
            ["certificate"] = CertificateCodec.Encode(Samples.Certificate),
            ["genesis"] = GenesisCodec.Encode(Samples.Genesis),
            ["genesis-json"] = Encoding.UTF8.GetBytes(GenesisJson.Write(Samples.Genesis)),
            ["chain-id"] = Samples.Genesis.ChainOf("north").Value.ToArray(),
            ["state-snapshot"] = StateSnapshot.Export(chain.State),
            ["state-root"] = chain.State.Root.ToArray(),
            ["result-row"] = chain.Last.Results[0].Encode(),
            ["receipt-entry"] = ReceiptCodec.Encode(receipts.Issue(height, 0)),
            ["receipt-reading"] = ReceiptCodec.Encode(receipts.Issue(height, 0, 1)),
            ["certified-row"] = receipts.Show(height, 0).Encode(),
            ["results-root"] = chain.Last.ResultsRoot.ToArray(),
            ["row-ballot-opening"] = new BallotOpening(Samples.BallotVote.Ballot, BallotKind.Tariff, 3, 12_000).Encode(),
            ["row-ballot-tally"] = new BallotTally(
                Samples.BallotVote.Ballot,
                BallotKind.Tariff,
                new TallyRule(WeightMode.ByCapacity, MemberQuorum: false, 500_000, 666_667),
                new BallotCount(3, 12_000, 2, 9_000, 1_000, 0),
                BallotDecision.Accepted).Encode(),
            ["row-ballot-effect"] = new BallotEffect(Samples.BallotVote.Ballot, BallotKind.Tariff, EntryOutcome.Applied).Encode(),
        };
        AddAllocation(all);
        foreach (var (name, bytes) in Samples.Entries)
        {
            all[$"entry-{name}"] = bytes;
            Assert.True(EntryCodec.TryDecode(bytes, out var entry, out _));
            all[$"content-{name}"] = entry.Content.Value.ToArray();
        }

        foreach (var (name, bytes) in SettlementSamples.Encoded)
        {
            all[name] = bytes;
        }

        AddSettled(all);
        return all;
    }

    private static void AddSettled(SortedDictionary<string, byte[]> all)
    {
        var village = new SettledVillage();
        village.Live(1);
        village.Live(2);
        var (period, asOf) = (SettledVillage.TwoDays(1), village.Height);
        var closing = village.Close((period, asOf))[0];
        Assert.Equal(EntryOutcome.Applied, village.Decide(new SettlementApproval("2026-04-01/2026-04-03", closing.Root, asOf.Value)).Effect);
        all["settlement-root"] = closing.Root.ToArray();
        all["state-settlement-book"] = ValueOf(village.State, StateKeys.SettlementBook);
        all["state-approved-settlement"] = ValueOf(village.State, StateKeys.ApprovedSettlement(period));
        village.Add();

        // One key stands for all of them, and no block: what they hold is pinned by itself.
        var proof = village.Prove(closing.Settlement.Statements[0], asOf, closing.Prove(0));
        all["statement-proof"] = StatementProofCodec.Encode(proof with { Statement = SettlementSamples.Settlement.Statements[0], State = [proof.State[0]], Blocks = [] });
    }

    private static byte[] ValueOf(LedgerState state, Hash32 key) => state.Map.TryGet(key, out var value) ? value.ToArray() : throw new KeyNotFoundException($"{key}");

    private static void AddAllocation(SortedDictionary<string, byte[]> all)
    {
        foreach (var (name, policy) in PolicyCodecTests.Policies)
        {
            all[$"policy-{name.Replace(' ', '-')}"] = PolicyCodec.Encode(policy);
        }

        foreach (var (name, bytes) in Allocation.IntervalTables.Encoded())
        {
            all[name] = bytes;
        }

        var village = new Village(homes: 2);
        village.Execute(village.Consumes(0, Village.Midnight, 100), village.Generates(0, Village.Midnight, 600), village.Consumes(1, Village.Midnight, 300));
        all["row-interval"] = village.Intervals[0].Encode();
        all["row-allocation"] = village.Allocations[1].Encode();
        village.Execute(village.Reads(1, Register.Consumption, Village.Midnight, 1, Quality.Measured, 200));
        all["row-allocation-corrected"] = village.Allocations[0].Encode();
        all["state-root-allocated"] = village.State.Root.ToArray();
    }

    private static string Format(byte[] bytes) =>
        string.Concat(Convert.ToHexStringLower(bytes).Chunk(64).Select(line => new string(line) + "\n"));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
