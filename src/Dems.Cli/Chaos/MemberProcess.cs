using System.Diagnostics;

namespace Dems.Cli.Chaos;

/// <summary>One member as a process of its own, <c>dems up</c>, that is killed without warning and started again. Each life logs what it signs to a file of its own, outside the member's folder.</summary>
internal sealed class MemberProcess(int member, string folder, Uri address, string logs) : IAsyncDisposable
{
    private const string SignatureLogVariable = "Dems__SignatureLog";

    private static readonly TimeSpan DeathBound = TimeSpan.FromSeconds(10);

    private readonly StreamWriter _output = new(Path.Combine(logs, $"member-{member}.log")) { AutoFlush = true };
    private readonly Lock _writing = new();
    private Process? _process;
    private int _lives;

    /// <summary>Index in genesis.</summary>
    public int Member => member;

    public string Folder => folder;

    /// <summary>Its HTTP edge.</summary>
    public Uri Address => address;

    /// <summary>What the present life signs, or the last one signed.</summary>
    public SignatureTail Signatures { get; private set; } = SignatureTail.Empty;

    /// <summary>Whether the process lives.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts the next life.</summary>
    /// <param name="configuration">Environment variables besides the present ones.</param>
    public void Start(IReadOnlyDictionary<string, string> configuration)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"Member {member} runs already.");
        }

        _process?.Dispose();
        var signed = Path.Combine(logs, $"member-{member}-life-{++_lives}.signed");
        Signatures = new SignatureTail(signed);
        var start = CommandFor(["up", "--data", folder]);
        start.Environment[SignatureLogVariable] = signed;
        foreach (var (name, value) in configuration)
        {
            start.Environment[name] = value;
        }

        Write($"--- life {_lives}");
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: the process gets no chance to write anything more. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        using var bound = new CancellationTokenSource(DeathBound);
        await _process.WaitForExitAsync(bound.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        await _output.DisposeAsync();
    }

    /// <summary>This program, as it was started: by the runtime's host with an assembly, or as an executable of its own.</summary>
    private static ProcessStartInfo CommandFor(IReadOnlyList<string> arguments)
    {
        var assembly = typeof(MemberProcess).Assembly.Location;
        var start = new ProcessStartInfo
        {
            FileName = assembly.Length == 0 ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in assembly.Length == 0 ? arguments : [assembly, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (_writing)
            {
                _output.WriteLine(line);
            }
        }
    }
}
