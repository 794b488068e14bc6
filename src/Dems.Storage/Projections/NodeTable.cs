using Dems.Core.Energy;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The nodes with readings. Readings name them by their row's id.</summary>
internal static class NodeTable
{
    private const string Columns = "id, address, readings, first_start, last_end, digest";
    private const string SelectOne = $"SELECT {Columns} FROM node WHERE address = ?1";
    private const string SelectNext = $"SELECT {Columns} FROM node WHERE address > ?1 ORDER BY address LIMIT ?2";
    private const string InsertOrReplace = $"INSERT OR REPLACE INTO node ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    /// <summary>The row of a node; null if it has no readings.</summary>
    /// <exception cref="DamageException">It does not match its digest.</exception>
    public static NodeRow? Find(SqliteFile file, NodeAddress address)
    {
        using var select = file.Query(SelectOne);
        return select.Bind(1, address.ToArray()).Step() ? Read(file, select) : null;
    }

    /// <summary>Rows after an address, in their order.</summary>
    public static List<NodeRow> List(SqliteFile file, NodeAddress after, int limit)
    {
        using var select = file.Query(SelectNext);
        select.Bind(1, after.ToArray()).Bind(2, limit);
        var nodes = new List<NodeRow>();
        while (select.Step())
        {
            nodes.Add(Read(file, select));
        }

        return nodes;
    }

    public static void Write(SqliteFile file, in NodeRow node)
    {
        using var write = file.Query(InsertOrReplace);
        write.Bind(1, node.Id).Bind(2, node.Address.ToArray()).Bind(3, node.Readings).Bind(4, node.FirstStart).Bind(5, node.LastEnd)
            .Bind(6, ReadingDigests.OfNode(node)).Run();
    }

    /// <summary>An id that no row has.</summary>
    public static long NextId(SqliteFile file)
    {
        using var select = file.Query("SELECT coalesce(max(id), 0) + 1 FROM node");
        select.Step();
        return select.Integer(0);
    }

    private static NodeRow Read(SqliteFile file, Query select)
    {
        var id = select.Integer(0);
        var address = select.Blob(1);
        var row = new NodeRow(id, address.Length == NodeAddress.Size ? new NodeAddress(address) : default, select.Integer(2), select.Integer(3), select.Integer(4));
        return select.Integer(5) == ReadingDigests.OfNode(row)
            ? row
            : throw new DamageException(new Damage(file.Name, "node", null, $"row {id}", "does not match its digest"));
    }
}
