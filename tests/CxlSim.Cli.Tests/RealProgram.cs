using System.Diagnostics;

namespace CxlSim.Cli.Tests;

/// <summary>The built program, started as a user starts it.</summary>
internal static class RealProgram
{
    /// <summary>Compiled ahead, below this test (its project file says how).</summary>
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "program", "cxlsim.dll");

    /// <summary>The same as a program of its own.</summary>
    public static string Executable => Path.ChangeExtension(Dll, null);

    public static string Platform(string name) => RepositoryRoot.File($"platforms/{name}.yaml");

    public static ProgramResult Run(params string[] arguments) => Start("dotnet", [Dll, .. arguments]);

    /// <summary>Starts it with its output in pipes, and does not wait. Tests in the background ignore interrupts, and who they start would too.</summary>
    public static Process Begin(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs a line of shell in which <c>$0</c> stands for the program.</summary>
    public static ProgramResult Shell(string line, params string[] arguments) =>
        Start("bash", ["-c", line.Replace("$0", $"dotnet '{Dll}'", StringComparison.Ordinal), "bash", .. arguments]);

    private static ProgramResult Start(string file, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(); // both at once: a full pipe would hold up the program
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output, error.Result);
    }
}
