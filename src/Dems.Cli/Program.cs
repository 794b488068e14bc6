using System.CommandLine;
using Dems.Cli.Commands;

var root = new RootCommand("DEMS: organisations of an energy community keep one ledger of signed meter readings.")
{
    BenchCommand.Create(),
    DemoCommand.Create(),
    VerifyCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
