using System.Globalization;
using System.Net;
using System.Text.Json;
using CsCheck;
using Dems.Core.Energy;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class NodeTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Node_Registered_IsShownInTheWordsOfTheFileFormats()
    {
        var edge = shared.Edge;

        var reply = await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[3]}");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("1970-01-01T00:00:00Z", reply.Body.GetProperty("validFrom").GetString());
        Assert.Equal(JsonValueKind.Null, reply.Body.GetProperty("validUntil").ValueKind);
        Assert.Equal(["solar_panel", "boiler"], Texts(reply.Body.GetProperty("sources"), "kind"), StringComparer.Ordinal);
        Assert.Equal(["electricity", "natural_gas"], Texts(reply.Body.GetProperty("sources"), "carrier"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Node_ByMeteringPoint_IsTheOneByAddress()
    {
        var edge = shared.Edge;

        var found = await edge.GetAsync("/v1/chains/community/node?meteringPoint=AT001");

        Assert.Equal((await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[0]}")).Text, found.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Nodes_PageByPage_AreAllOfThemOnce(int limit)
    {
        var edge = shared.Edge;
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var reply = await edge.GetAsync($"/v1/nodes?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(reply.Items.Count(), 1, limit);
            found.AddRange(reply.Items.Select(n => n.GetProperty("address").GetString()!));
            cursor = reply.Next;
        }
        while (cursor is not null);

        Assert.Equal(edge.Ledger.Addresses.Select(a => a.ToString()), found, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Readings_AnyWindowAndPageSize_AreThoseOfTheModel()
    {
        var edge = shared.Edge;
        var node = edge.Ledger.Addresses[0];
        var time = Gen.Int[-2, 22].Select(Gen.Int[-1, 1], (interval, off) => FakeLedger.FirstStart + interval * 900 + off);
        Register?[] registers = [null, Register.Import, Register.StateOfCharge, Register.Export];
        var gen = Gen.Select(time, time, Gen.Int[0, registers.Length - 1].Select(i => registers[i]), Gen.Bool, Gen.Int[1, 50]);

        await gen.SampleAsync(
            async sample =>
            {
                var (a, b, register, all, limit) = sample;
                var (from, to) = (Math.Min(a, b), Math.Max(a, b));
                var expected = edge.Ledger.Rows
                    .Where(r => r.Start >= from && r.Start < to && (register is null || r.Register == register))
                    .GroupBy(r => (r.Start, r.Register))
                    .SelectMany(revisions => all ? revisions.ToArray() : [revisions.MaxBy(r => r.Revision)])
                    .Select(r => (r.Start, r.Register == Register.Import ? "import" : "state_of_charge", r.Quantity, r.Revision))
                    .ToList();

                var query = $"from={FakeLedger.Rfc3339(from)}&to={FakeLedger.Rfc3339(to)}&limit={limit}" +
                    (register is null ? "" : $"&register={(register == Register.StateOfCharge ? "state_of_charge" : register.ToString()!.ToLowerInvariant())}") +
                    (all ? "&revisions=all" : "");
                var found = new List<(long, string, long, int)>();
                string? cursor = null;
                do
                {
                    var reply = await edge.GetAsync($"/v1/nodes/{node}/readings?{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
                    Assert.Equal(HttpStatusCode.OK, reply.Status);
                    Assert.InRange(reply.Items.Count(), 0, limit);
                    found.AddRange(reply.Items.Select(RowOf));
                    cursor = reply.Next;
                }
                while (cursor is not null);

                Assert.Equal(expected, found);
            },
            iter: TestScale.Times(60),
            threads: 1);
    }

    [Theory]
    [InlineData("all", true, true)]
    [InlineData("plausible", true, false)]
    [InlineData("implausible", false, true)]
    public async Task Readings_ByPlausibility_AreThoseWithOrWithoutMarks(string choice, bool plausible, bool implausible)
    {
        var edge = shared.Edge;
        var expected = edge.Ledger.Rows
            .Where(row => row.Register == Register.Import && (FakeLedger.MarksOf(row).Count > 0 ? implausible : plausible))
            .Select(row => (row.Start, FakeLedger.MarksOf(row).Count > 0 ? "above_power_limit,future" : ""))
            .Distinct()
            .ToList();

        var reply = await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[0]}/readings?register=import&plausibility={choice}");

        Assert.Equal(expected, reply.Items.Select(row => (RowOf(row).Start, string.Join(',', row.GetProperty("plausibility").EnumerateArray()))));
        Assert.NotEmpty(expected);
    }

    [Fact]
    public async Task Readings_TimesWithOffset_AreTheSameInstants()
    {
        var edge = shared.Edge;
        var node = edge.Ledger.Addresses[0];

        var utc = await edge.GetAsync($"/v1/nodes/{node}/readings?from=2023-11-14T22:30:00Z");
        var local = await edge.GetAsync($"/v1/nodes/{node}/readings?from=2023-11-15T04:00:00%2B05:30");

        Assert.Equal(utc.Text, local.Text);
        Assert.NotEmpty(utc.Items);
    }

    [Fact]
    public async Task Readings_OfARegisteredNodeWithoutAny_AreAnEmptyPage()
    {
        var edge = shared.Edge;

        var reply = await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[1]}/readings");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Empty(reply.Items);
        Assert.Null(reply.Next);
    }

    [Fact]
    public async Task Cursor_OfAnotherEndpoint_IsRefused()
    {
        var edge = shared.Edge;
        var cursor = (await edge.GetAsync("/v1/nodes?limit=1")).Next;

        var reply = await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[0]}/readings?cursor={cursor}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-parameter"), (reply.Status, reply.Problem));
    }

    private static IEnumerable<string> Texts(JsonElement array, string property) => array.EnumerateArray().Select(e => e.GetProperty(property).GetString()!);

    private static (long Start, string Register, long Quantity, int Revision) RowOf(JsonElement row) => (
        DateTimeOffset.Parse(row.GetProperty("start").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        row.GetProperty("register").GetString()!,
        row.GetProperty("quantityWh").GetInt64(),
        row.GetProperty("revision").GetInt32());
}
