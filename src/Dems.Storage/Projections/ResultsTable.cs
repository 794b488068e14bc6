using System.Formats.Cbor;
using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The results of each block that has any, in one piece: proving one row needs the hashes of all.</summary>
internal static class ResultsTable
{
    private const string InsertResults = "INSERT INTO result (height, first_index, seed, rows) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    private const string SelectResults = "SELECT first_index, seed, rows FROM result WHERE height = ?1";

    public static void Insert(SqliteFile file, IReadOnlyList<ProjectedResults> results)
    {
        using var insert = file.Query(InsertResults);
        foreach (var block in results)
        {
            insert.Bind(1, block.Height.Value).Bind(2, block.FirstIndex).Bind(3, block.Results.Seed.ToArray()).Bind(4, Encode(block.Results.Rows)).Run();
        }
    }

    public static ProjectedResults? Find(SqliteFile file, Height height)
    {
        using var select = file.Query(SelectResults);
        return select.Bind(1, height.Value).Step()
            ? new ProjectedResults(height, select.Integer(0), new BlockResults(new Hash32(select.Blob(1)), Decode(select.Blob(2), height)))
            : null;
    }

    private static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        var writer = Canonical.NewWriter(rows.Sum(row => row.Length + 3) + 8);
        writer.WriteStartArray(rows.Count);
        foreach (var row in rows)
        {
            writer.WriteByteString(row.Span);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    private static ReadOnlyMemory<byte>[] Decode(ReadOnlySpan<byte> bytes, Height height) =>
        Canonical.TryDecode(bytes.ToArray(), int.MaxValue, "results", Read, out var rows, out var error)
            ? rows
            : throw new StorageException($"The results of block {height} in the query tables are damaged: {error}. Delete the tables; they are built again from the chain.");

    private static ReadOnlyMemory<byte>[] Read(CborReader reader)
    {
        var rows = new ReadOnlyMemory<byte>[Canonical.ReadArrayUpTo(reader, int.MaxValue)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Canonical.ReadBytesUpTo(reader, int.MaxValue, "a row").ToArray();
        }

        reader.ReadEndArray();
        return rows;
    }
}
