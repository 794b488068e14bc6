using CsCheck;
using Dems.Ingest.Http;
using Xunit;

namespace Dems.Ingest.Tests.Http;

public class CborSequenceTests
{
    // Byte strings written by hand (RFC 8949 §3): a head of one to five bytes, then the content.
    private static readonly Gen<byte[]> Item = Gen.Byte.Array[0, 400].Select(content => content.Length switch
    {
        < 24 => (byte[])[(byte)(0x40 + content.Length), .. content],
        < 256 => [0x58, (byte)content.Length, .. content],
        _ => [0x59, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    });

    [Fact]
    public void Split_JoinedItems_GivesThemBack()
    {
        Item.List[0, 20].Sample(
            items =>
            {
                var found = new List<ReadOnlyMemory<byte>>();
                var fault = CborSequence.Split(items.SelectMany(i => i).ToArray(), 20, found);
                Assert.Null(fault);
                Assert.Equal(items, found.Select(f => f.ToArray()));
            },
            iter: TestScale.Times(1_000));
    }

    [Fact]
    public void Split_CutAnywhere_NamesTheItemThatIsCut()
    {
        var sample = Gen.Select(Item.List[1, 8], Gen.Int[0, 10_000], (items, seed) => (items, seed));
        sample.Sample(
            s =>
            {
                var joined = s.items.SelectMany(i => i).ToArray();
                var cut = s.seed % joined.Length;
                var starts = s.items.Select((_, i) => s.items.Take(i).Sum(x => x.Length)).ToList();
                var found = new List<ReadOnlyMemory<byte>>();

                var fault = CborSequence.Split(joined.AsMemory(0, cut), 20, found);

                var item = starts.FindLastIndex(start => start <= cut);
                if (starts[item] == cut)
                {
                    Assert.Null(fault);
                    Assert.Equal(item, found.Count);
                }
                else
                {
                    Assert.Equal((item, (long)starts[item]), (fault!.Value.Item, fault.Value.Offset));
                    Assert.NotEmpty(fault.Value.Reason);
                }
            },
            iter: TestScale.Times(1_000));
    }

    [Fact]
    public void Split_DeepNesting_EndsWithoutOverflow()
    {
        var found = new List<ReadOnlyMemory<byte>>();

        var fault = CborSequence.Split(Enumerable.Repeat((byte)0x81, 4_000_000).ToArray(), 10, found);

        Assert.Equal(0, fault!.Value.Item);
    }
}
