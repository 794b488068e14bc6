using System.CommandLine;
using Dems.Cli.Commands;

var root = new RootCommand("DEMS: organisations of an energy community keep one ledger of signed meter readings.")
{
    DemoCommand.Create(),
    InitCommand.Create(),
    UpCommand.Create(),
    KeygenCommand.Create(),
    ImportCommand.Create(),
    StatusCommand.Create(),
    VerifyCommand.Create(),
    SimulateCommand.Create(),
    BenchCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
