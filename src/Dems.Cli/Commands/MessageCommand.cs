using System.CommandLine;
using Dems.Cli.Governance;
using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Commands;

/// <summary><c>dems message</c>.</summary>
internal static class MessageCommand
{
    public static Command Create()
    {
        var type = new Argument<string>("type") { Description = "offer, request, accept, reject or text." }.AcceptOnlyFromAmong("offer", "request", "accept", "reject", "text");
        var key = new Option<string>("--key") { Description = "Key file of the sending node or of its party.", Required = true };
        var sender = new Option<string>("--sender") { Description = "Address of the sending node.", Required = true };
        var receiver = new Option<string>("--receiver") { Description = "Address of the other node.", Required = true };
        var reply = new Option<string?>("--in-reply-to") { Description = "Id of an earlier message between the two; accept and reject need one." };
        var text = new Option<string?>("--text") { Description = "Up to 500 characters." };
        var terms = new TermsOptions();
        var member = new MemberOptionsGroup();
        var command = new Command("message", "Sends a signed message from one node to another over the ledger. Exits 1 if it is refused.") { type, key, sender, receiver, reply, text };
        terms.AddTo(command);
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var signer = MemberOptionsGroup.LoadKey(result.GetValue(key)!);
            using var client = member.Connect(result);
            var kind = Enum.Parse<MessageType>(result.GetValue(type)!, ignoreCase: true);
            var message = new NodeMessage(
                kind,
                AddressOf(result.GetValue(sender)!, sender.Name),
                AddressOf(result.GetValue(receiver)!, receiver.Name),
                result.GetValue(reply) is { } id ? IdOf(id) : null,
                kind is MessageType.Offer or MessageType.Request ? terms.Read(result) : null,
                result.GetValue(text));
            if (message.Refusal() is { } refusal)
            {
                throw new CommandException(ExitCodes.Usage, $"This is not a message: {refusal}.");
            }

            var desk = await EntryDesk.OpenAsync(client, result.GetValue(member.Pool)!, TimeProvider.System, cancellationToken);
            return EntryReport.Print("message", await desk.SubmitAsync(message, signer, cancellationToken), result.GetValue(member.Json));
        }));
        return command;
    }

    private static NodeAddress AddressOf(string text, string option) =>
        NodeAddress.TryParse(text, out var address, out var error) ? address : throw new CommandException(ExitCodes.Usage, $"{option}: {error}.");

    private static ContentId IdOf(string text) =>
        Hash32.TryParse(text, out var hash) ? new ContentId(hash) : throw new CommandException(ExitCodes.Usage, $"'{text}' is no message's id: 64 hexadecimal digits.");
}
