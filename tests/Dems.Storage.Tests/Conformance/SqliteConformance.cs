using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

public sealed class SqliteChainStoreTests : ChainStoreTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}

public sealed class SqliteMempoolStoreTests : MempoolStoreTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}

public sealed class SqliteSafetyStoreTests : SafetyStoreTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}

public sealed class SqliteSnapshotStoreTests : SnapshotStoreTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}

public sealed class SqliteStoreFaultTests : StoreFaultTests
{
    protected override async Task<StoreHarness> CreateAsync() => await SqliteHarness.CreateAsync();
}
