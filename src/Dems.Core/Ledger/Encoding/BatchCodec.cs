using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>The body of a batch: [1, node, readings root, [[register, start, duration, quality, revision, [quantity, …]], …]].</summary>
internal static class BatchCodec
{
    /// <summary>Writes the body with the root that the salt gives.</summary>
    public static void Write(CborWriter writer, ReadingBatch batch, ReadOnlySpan<byte> salt)
    {
        BodyCodec.Start(writer, batch, 4);
        writer.WriteByteString(batch.Node.ToArray());
        Canonical.WriteHash(writer, ReadingTree.RootOf(batch.Runs, salt));
        writer.WriteStartArray(batch.Runs.Count);
        foreach (var run in batch.Runs)
        {
            writer.WriteStartArray(6);
            writer.WriteInt32((int)run.Register);
            writer.WriteInt64(run.Start);
            writer.WriteInt32(run.Duration);
            writer.WriteInt32((int)run.Quality);
            writer.WriteInt32(run.Revision);
            writer.WriteStartArray(run.Quantities.Length);
            foreach (var quantity in run.Quantities.Span)
            {
                writer.WriteInt64(quantity);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the body after its kind and checks bounds, order and root.</summary>
    public static ReadingBatch Read(EntryReader reader, ReadOnlySpan<byte> salt)
    {
        var node = reader.Address("node");
        var root = reader.Hash("readings root");
        var runs = new ReadingRun[reader.ArrayOf("runs", 1, ReadingBatch.MaxReadings)];
        var left = ReadingBatch.MaxReadings;
        for (var i = 0; i < runs.Length; i++)
        {
            reader.Item("runs", i);
            runs[i] = ReadRun(reader, left);
            left -= runs[i].Quantities.Length;
            if (i > 0 && !Follows(runs[i], runs[i - 1]))
            {
                throw reader.Refuse("runs must ascend by (register, start) without overlap");
            }
        }

        reader.EndArray();
        reader.Item("", -1);
        if (ReadingTree.RootOf(runs, salt) != root)
        {
            throw reader.Refuse("the readings do not give the signed readings root", EntryErrorCode.ReadingsRoot);
        }

        return new ReadingBatch(node, runs) { ReadingsRoot = root };
    }

    /// <summary>Whether a run may stand directly after another.</summary>
    public static bool Follows(ReadingRun next, ReadingRun previous) =>
        next.Register > previous.Register || (next.Register == previous.Register && next.Start >= previous.End);

    private static ReadingRun ReadRun(EntryReader reader, int left)
    {
        reader.Array("", 6);
        var register = reader.Choice<Register>("register");
        var start = reader.Integer("start", 0, Reading.MaxStart);
        var duration = (int)reader.Integer("duration", 1, Reading.MaxDuration);
        var quality = reader.Choice<Quality>("quality");
        var revision = (int)reader.Integer("revision", 0, Reading.MaxRevision);
        var quantities = new long[reader.ArrayOf("quantities", 1, left)];
        for (var i = 0; i < quantities.Length; i++)
        {
            quantities[i] = reader.Integer("quantities", 0, Reading.MaxQuantity);
        }

        reader.EndArray();
        reader.EndArray();
        var lastStart = start + (long)duration * (quantities.Length - 1);
        return lastStart <= Reading.MaxStart
            ? new ReadingRun(register, start, duration, quality, revision, quantities)
            : throw reader.Refuse($"the last interval must start by {Reading.MaxStart}");
    }
}
