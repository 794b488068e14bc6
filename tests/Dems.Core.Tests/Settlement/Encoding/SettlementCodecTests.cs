using System.Formats.Cbor;
using CsCheck;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Tests.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Encoding;

public sealed class SettlementCodecTests
{
    public static TheoryData<string> Names => [.. SettlementSamples.Encoded.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_DecodedAndEncoded_IsTheSameBytes(string name) => Assert.Equal(SettlementSamples.Encoded[name], Again(name, SettlementSamples.Encoded[name]));

    /// <summary>Whatever is accepted encodes to the very bytes that were read: no second spelling, no field that is read and forgotten.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_ChangedAnywhere_AreRefusedOrMeanSomethingElse(string name) =>
        Gen.Select(Gen.Int[0, SettlementSamples.Encoded[name].Length - 1], Gen.Byte[1, 255]).Sample(
            (place, flip) =>
            {
                var bytes = SettlementSamples.Encoded[name].ToArray();
                bytes[place] ^= flip;
                var again = Again(name, bytes);
                Assert.True(again is null || again.AsSpan().SequenceEqual(bytes));
            },
            iter: TestScale.Times(500));

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_CutOrContinued_AreRefused(string name)
    {
        var bytes = SettlementSamples.Encoded[name];
        Assert.Null(Again(name, bytes[..^1]));
        Assert.Null(Again(name, [.. bytes, 0]));
        Assert.Null(Again(name, []));
    }

    [Fact]
    public void Statement_WithWrongArithmetic_IsRefused()
    {
        var statement = SettlementSamples.Settlement.Statements[0];
        Assert.Equal("", Refusal(statement));
        Assert.Equal("statement: the totals are not those of the lines", Refusal(statement with { Totals = [.. statement.Totals.Select(total => total with { Vat = total.Vat + 1 })] }));
        Assert.Equal("statement: the totals are not those of the lines", Refusal(statement with { Totals = [.. statement.Totals.Skip(1)] }));
        Assert.EndsWith("the net amount is not the rounded exact amount", Refusal(WithLine(statement, line => line with { Net = line.Net + 1 })), StringComparison.Ordinal);
        Assert.EndsWith(
            "the amount is not the sum of its parts", Refusal(WithLine(statement, line => line with { Exact = line.Exact + new ExactAmount(1) })), StringComparison.Ordinal);
        Assert.Equal("statement: parts hold energy and ascend by band and tier", Refusal(WithLine(statement, line => line with { Parts = [.. line.Parts, .. line.Parts] })));
        Assert.Equal("statement: sections ascend by node, carrier and time, and do not overlap", Refusal(statement with { Sections = [.. statement.Sections, .. statement.Sections] }));
    }

    [Fact]
    public void Statement_WithEvidenceOutOfOrderOrPlace_IsRefused()
    {
        var statement = SettlementSamples.Settlement.Statements[0];
        var runs = statement.Sections[0].Evidence;
        Assert.Equal("statement: runs of intervals ascend, do not overlap and are as long as they can be", Refusal(WithEvidence(statement, [.. runs.Reverse()])));
        Assert.Equal(
            "statement: runs of intervals ascend, do not overlap and are as long as they can be",
            Refusal(WithEvidence(statement, [runs[0] with { Count = 1 }, runs[0] with { Start = runs[0].Start + runs[0].Duration, Count = 1 }])));
        Assert.Equal("statement: intervals start within their section", Refusal(WithEvidence(statement, [runs[0] with { Start = statement.Sections[0].Span.Start - 900 }])));
    }

    [Fact]
    public void CarriedCorrections_OfOthersOrOutOfOrder_AreRefused()
    {
        var bob = SettlementSamples.May.Statements.Single(statement => statement.Party == Address("bob"));
        var correction = Assert.Single(bob.Corrections);
        Assert.Equal("statement: a correction belongs to an earlier statement of the same party", Refusal(bob with { Corrections = [correction with { Party = Address("alice") }] }));
        Assert.Equal("statement: a correction belongs to an earlier statement of the same party", Refusal(bob with { Corrections = [correction with { Period = bob.Period }] }));
        Assert.Equal("statement: corrections ascend by period, statement and revision", Refusal(bob with { Corrections = [correction, correction] }));
    }

    [Fact]
    public void Note_OfAnotherKindThanItsAmount_IsRefused()
    {
        var note = SettlementSamples.Notes.Single(candidate => candidate.Kind == NoteKind.Credit);
        var bytes = NoteCodec.Encode(note);
        var kind = 1 + 1 + "dems/note/1".Length + 1;
        Assert.Equal((byte)NoteKind.Credit, bytes[kind]);
        bytes[kind] = (byte)NoteKind.Debit;
        Assert.False(NoteCodec.TryDecode(bytes, out _, out var error));
        Assert.Equal("note: what is due makes it a Credit note, not Debit", error);
        Assert.False(NoteCodec.TryDecode(NoteCodec.Encode(note with { Number = 0 }), out _, out var number));
        Assert.StartsWith("note: number must lie in 1…", number, StringComparison.Ordinal);
        Assert.False(NoteCodec.TryDecode(NoteCodec.Encode(note with { Delta = note.Delta with { Totals = [] } }), out _, out _));
    }

    [Fact]
    public void Tariff_NotValid_CannotBeRead()
    {
        var tariff = SettlementSamples.Tariff;
        Assert.False(TariffCodec.TryDecode(TariffCodec.Encode(tariff with { Lines = [tariff.Lines[0], tariff.Lines[0]] }), out _, out var error));
        Assert.Equal("tariff: lines[1] 'community energy': the name stands twice", error);
        Assert.NotEqual(TariffCodec.Hash(tariff), TariffCodec.Hash(tariff with { Version = 8 }));
    }

    [Fact]
    public void LocalTime_NotNormal_CannotBeRead()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteTextString("dems/time-zone/1");
        writer.WriteTextString("Test/Same");
        writer.WriteInt64(1_000);
        writer.WriteStartArray(2);
        foreach (var at in new[] { 0, 500 })
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(at);
            writer.WriteInt32(3_600);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        Assert.False(LocalTimeCodec.TryDecode(writer.Encode(), out _, out var error));
        Assert.Equal("time zone: changes[1]: must be later than the one before and change the offset", error);
    }

    [Fact]
    public void AnyStatement_EncodedAndDecoded_IsTheSame() =>
        SettlementGen.Input.Select(SettlementGen.Covered).Sample(
            input =>
            {
                foreach (var statement in Settled(input).Statements)
                {
                    Assert.True(StatementCodec.TryDecode(StatementCodec.Encode(statement), out var again, out var error), error);
                    Assert.Equal(statement, again);
                }

                var tariff = input.Tariffs.Versions[1].Tariff;
                Assert.True(TariffCodec.TryDecode(TariffCodec.Encode(tariff), out var read, out var refusal), refusal);
                Assert.Equal(TariffCodec.Hash(tariff), TariffCodec.Hash(read));
            },
            iter: TestScale.Times(50));

    private static byte[]? Again(string name, byte[] bytes) => name switch
    {
        "tariff" => TariffCodec.TryDecode(bytes, out var tariff, out _) ? TariffCodec.Encode(tariff) : null,
        "time-zone" => LocalTimeCodec.TryDecode(bytes, out var rules, out _) ? LocalTimeCodec.Encode(rules) : null,
        "note" => NoteCodec.TryDecode(bytes, out var note, out _) ? NoteCodec.Encode(note) : null,
        _ => StatementCodec.TryDecode(bytes, out var statement, out _) ? StatementCodec.Encode(statement) : null,
    };

    private static string Refusal(Statement statement) => StatementCodec.TryDecode(StatementCodec.Encode(statement), out _, out var error) ? "" : error;

    // The line with parts in two bands, if the statement has one; the first otherwise.
    private static Statement WithLine(Statement statement, Func<StatementLine, StatementLine> change)
    {
        var section = statement.Sections[0];
        var place = Enumerable.Range(0, section.Lines.Count).MaxBy(i => section.Lines[i].Parts.Count);
        return statement with { Sections = [section with { Lines = [.. section.Lines.Select((line, i) => i == place ? change(line) : line)] }, .. statement.Sections.Skip(1)] };
    }

    private static Statement WithEvidence(Statement statement, IReadOnlyList<EvidenceRun> runs) =>
        statement with { Sections = [statement.Sections[0] with { Evidence = runs }, .. statement.Sections.Skip(1)] };
}
