using Dems.Core.Allocation.Encoding;
using Dems.Core.Allocation.Presets;
using Xunit;

namespace Dems.Core.Tests.Allocation.Presets;

public sealed class AllocationPresetTests
{
    [Fact]
    public void Presets_AllOfThem_AreGoodPoliciesWithUniqueNames()
    {
        var nodes = Enumerable.Range(0, 30).Select(Village.Node).ToArray();

        Assert.Equal(AllocationPresets.All.Count, AllocationPresets.All.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("at de es fr it lu", string.Join(' ', AllocationPresets.All.Select(p => p.Country).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        foreach (var preset in AllocationPresets.All)
        {
            foreach (var count in new[] { 1, 5, 30 })
            {
                var policy = preset.For(nodes[..count]);
                Assert.Null(policy.Refusal());
                Assert.True(PolicyCodec.TryDecode(PolicyCodec.Encode(policy), out _, out var error), error);
            }

            Assert.Same(preset, AllocationPresets.Find(preset.Name));
            Assert.Equal(preset.Country, AllocationPresets.Find(preset.Country)?.Country);
        }
    }
}
