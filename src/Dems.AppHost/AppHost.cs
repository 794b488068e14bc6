var builder = DistributedApplication.CreateBuilder(args);

builder.AddProject<Projects.Dems_Cli>("member-1").WithArgs("up");

builder.Build().Run();
