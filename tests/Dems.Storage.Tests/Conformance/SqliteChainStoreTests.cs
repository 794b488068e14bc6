using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

public sealed class SqliteChainStoreTests : ChainStoreTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}
