using System.CommandLine;
using Dems.Cli.Client;
using Dems.Grains.Crypto;

namespace Dems.Cli.Governance;

/// <summary>The options of commands that talk to a member about one pool.</summary>
internal sealed class MemberOptionsGroup
{
    public Option<string> To { get; } = new("--to") { Description = "HTTP address of a member.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    public Option<string> Pool { get; } = new("--pool") { Description = "The pool.", DefaultValueFactory = _ => "community" };

    public Option<bool> Json { get; } = new("--json") { Description = "JSON instead of text." };

    public void AddTo(Command command)
    {
        command.Options.Add(To);
        command.Options.Add(Pool);
        command.Options.Add(Json);
    }

    public MemberClient Connect(ParseResult result) => new(new Uri(result.GetValue(To)!), result.GetValue(Pool)!);

    /// <summary>A key file, or the end of the command.</summary>
    public static Es256Signer LoadKey(string path) =>
        KeyFile.TryLoad(path, out var key, out var error) ? key : throw new CommandException(ExitCodes.Usage, error);
}
