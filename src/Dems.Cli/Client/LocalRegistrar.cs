using Dems.Cli.Network;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Client;

/// <summary>A registrar at a member in this process.</summary>
internal static class LocalRegistrar
{
    /// <summary>Where a network's directory has the keys.</summary>
    public static string KeysBelow(string directory) => Path.Combine(directory, "keys");

    /// <summary>It signs registrations with the member's key and keeps its own keys below the network's directory.</summary>
    public static Registrar Create(MemberApp member, string pool, string directory, TimeProvider time) => new(
        member.Options.Genesis.ChainOf(pool),
        member.Options.Validator,
        KeysBelow(directory),
        member.Services.GetRequiredService<IEntrySubmitter>(),
        new LocalLedgerReader(member.Services.GetRequiredService<ILedgerQueries>(), pool),
        time);
}
