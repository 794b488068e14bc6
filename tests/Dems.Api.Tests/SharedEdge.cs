using Xunit;

namespace Dems.Api.Tests;

/// <summary>An edge for tests that only ask.</summary>
public sealed class SharedEdge : IAsyncLifetime
{
    internal ApiEdge Edge { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Edge = await ApiEdge.StartAsync();

    public ValueTask DisposeAsync() => Edge.DisposeAsync();
}
