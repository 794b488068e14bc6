using CsCheck;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class SequenceWindowTests
{
    private const long Size = 8_192;
    private static readonly Hash32 Signer = Samples.HashOf("signer");

    /// <summary>Against a model that remembers everything: a dictionary and the rule of the window written out.</summary>
    [Fact]
    public void Window_UnderAnyUses_AgreesWithAModelThatForgetsNothing() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 300], Gen.Long[8_000, 8_500], Gen.Long[0, 40_000], Gen.Const(OpenedEntry.MaxSequence)), Gen.Int[0, 2])
            .Array[1, 60].Sample(
                uses =>
                {
                    var map = StateMap.Empty;
                    var model = new Dictionary<long, ContentId>();
                    foreach (var (sequence, content) in uses)
                    {
                        var draft = new StateDraft(map);
                        var id = new ContentId(Samples.HashOf($"{content}"));
                        var actual = SequenceWindow.Check(draft, Signer, sequence, id);
                        if (actual != Expected(model, sequence, id))
                        {
                            return false;
                        }

                        if (actual == SequenceUse.Free)
                        {
                            SequenceWindow.Use(draft, Signer, sequence, id);
                            model[sequence] = id;
                            map = draft.Write();
                        }
                    }

                    return true;
                },
                iter: TestScale.Times(300));

    [Fact]
    public void State_OfALongRun_StaysBounded()
    {
        var map = StateMap.Empty;
        for (var sequence = 0L; sequence < 3 * Size; sequence += 32)
        {
            var draft = new StateDraft(map);
            SequenceWindow.Use(draft, Signer, sequence, default);
            map = draft.Write();
        }

        Assert.Equal(1 + SequenceWindow.Chunks, map.Count);
    }

    private static SequenceUse Expected(Dictionary<long, ContentId> model, long sequence, ContentId content)
    {
        if (model.Count > 0 && sequence / 64 * 64 <= model.Keys.Max() / 64 * 64 - Size)
        {
            return SequenceUse.TooOld;
        }

        return !model.TryGetValue(sequence, out var user) ? SequenceUse.Free : user == content ? SequenceUse.UsedBySame : SequenceUse.UsedByOther;
    }
}
