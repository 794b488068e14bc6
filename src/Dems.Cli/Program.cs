using System.CommandLine;
using Dems.Cli.Commands;

var root = new RootCommand("DEMS: organisations of an energy community keep one ledger of signed meter readings.")
{
    DemoCommand.Create(),
    InitCommand.Create(),
    UpCommand.Create(),
    KeygenCommand.Create(),
    ImportCommand.Create(),
    AllocateCommand.Create(),
    StatusCommand.Create(),
    PoolCommand.Create(),
    BallotCommand.Create(),
    VoteCommand.Create(),
    MessageCommand.Create(),
    VerifyCommand.Create(),
    ReceiptCommand.Create(),
    StatementCommand.Create(),
    WhyCommand.Create(),
    WhatIfCommand.Create(),
    SimulateCommand.Create(),
    BenchCommand.Create(),
    ChaosCommand.Create(),
    FlipsCommand.Create(),
};

// Time to stop in order after Ctrl+C or SIGTERM.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
