using System.Formats.Cbor;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The results of each block that has any, in one piece: proving one row needs the hashes of all.</summary>
internal static class ResultsTable
{
    private const string InsertResults = "INSERT INTO result (height, first_index, seed, rows, digest) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    private const string SelectResults = "SELECT first_index, seed, rows, digest FROM result WHERE height = ?1";

    /// <summary>Inserts what is not there yet; how many were.</summary>
    public static int Insert(SqliteFile file, IReadOnlyList<ProjectedResults> results)
    {
        using var insert = file.Query(InsertResults);
        var inserted = 0;
        foreach (var block in results)
        {
            var rows = Encode(block.Results.Rows);
            insert.Bind(1, block.Height.Value).Bind(2, block.FirstIndex).Bind(3, block.Results.Seed).Bind(4, rows)
                .Bind(5, ReadingDigests.OfResults(block.Height.Value, block.FirstIndex, block.Results.Seed, rows)).Run();
            inserted += file.Changes;
        }

        return inserted;
    }

    public static ProjectedResults? Find(SqliteFile file, Height height)
    {
        using var select = file.Query(SelectResults);
        if (!select.Bind(1, height.Value).Step())
        {
            return null;
        }

        var (first, seed, rows) = (select.Integer(0), select.Hash(1), select.Blob(2).ToArray());
        return select.Integer(3) == ReadingDigests.OfResults(height.Value, first, seed, rows)
            ? new ProjectedResults(height, first, new BlockResults(seed, Decode(file, rows, height)))
            : throw Damaged(file, height, "do not match their digest");
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

    private static ReadOnlyMemory<byte>[] Decode(SqliteFile file, byte[] bytes, Height height) =>
        Canonical.TryDecode(bytes, int.MaxValue, "results", Read, out var rows, out var error) ? rows : throw Damaged(file, height, error);

    private static DamageException Damaged(SqliteFile file, Height height, string reason) =>
        new(new Damage(file.Name, "results", null, $"height {height}", reason));

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
