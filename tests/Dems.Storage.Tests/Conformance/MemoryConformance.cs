using Dems.Storage.Tests.Fixtures;
using Dems.Storage.Tests.Memory;

namespace Dems.Storage.Tests.Conformance;

public sealed class MemoryChainStoreTests : ChainStoreTests
{
    protected override Task<StoreHarness> CreateAsync() => Task.FromResult<StoreHarness>(new MemoryHarness());
}

public sealed class MemoryMempoolStoreTests : MempoolStoreTests
{
    protected override Task<StoreHarness> CreateAsync() => Task.FromResult<StoreHarness>(new MemoryHarness());
}

public sealed class MemorySafetyStoreTests : SafetyStoreTests
{
    protected override Task<StoreHarness> CreateAsync() => Task.FromResult<StoreHarness>(new MemoryHarness());
}

public sealed class MemorySnapshotStoreTests : SnapshotStoreTests
{
    protected override Task<StoreHarness> CreateAsync() => Task.FromResult<StoreHarness>(new MemoryHarness());
}

public sealed class MemoryStoreFaultTests : StoreFaultTests
{
    protected override Task<StoreHarness> CreateAsync() => Task.FromResult<StoreHarness>(new MemoryHarness());
}
