using System.Diagnostics;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>Whether this host can open the window on a simulated machine, and how tests go through it.</summary>
internal static class WindowFixture
{
    /// <summary>What <c>tests/scripts/tools-root</c> makes: cxl and daxctl of the recordings' version.</summary>
    public static readonly string ToolsRoot = Environment.GetEnvironmentVariable("CXLSIM_TOOLS_ROOT")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "cxlsim", "tools-root");

    private static readonly Lazy<ProgramResult> Trial = new(() => Shell("qemu-single", "true"));

    /// <summary>False where the host has no FUSE or no namespaces. The program must then have said so, and the test says so too.</summary>
    public static bool IsOpen(ITestOutputHelper output)
    {
        if (Trial.Value.ExitCode == 0)
        {
            return true;
        }

        output.WriteLine("NOT TESTED, there is no window here: " + Trial.Value.Error);
        Trial.Value.ExitCode.Should().Be(2);
        Trial.Value.Error.Should().MatchRegex("^cxlsim: .*(FUSE|fuse|namespace|installed)");
        return false;
    }

    /// <summary>As <see cref="IsOpen"/>, for tests that need the tools root.</summary>
    public static bool HasTools(ITestOutputHelper output)
    {
        bool isThere = File.Exists(Path.Combine(ToolsRoot, ".complete"));
        if (!isThere)
        {
            output.WriteLine($"NOT TESTED, there is no tools root at {ToolsRoot}: tests/scripts/tools-root makes it");
        }

        return isThere && IsOpen(output);
    }

    /// <summary>Runs lines of shell inside the machine, with the host's own programs.</summary>
    public static ProgramResult Shell(string platform, string script, params string[] options) =>
        RealProgram.Run(["shell", RealProgram.Platform(platform), .. options, "--", "/bin/bash", "-c", script]);

    /// <summary>Runs lines of shell inside the machine, with the tools of the tools root.</summary>
    public static ProgramResult Tools(string platform, string script, params string[] options) => Shell(platform, script, [.. options, "--root", ToolsRoot]);

    /// <summary>The same on a machine whose file is named.</summary>
    public static ProgramResult ToolsOnFile(string file, string script, params string[] options) =>
        RealProgram.Run(["shell", file, .. options, "--root", ToolsRoot, "--", "/bin/bash", "-c", script]);

    /// <summary>Starts a shell and does not wait for it.</summary>
    public static Process StartShell(string platform, string script) =>
        RealProgram.Begin("shell", RealProgram.Platform(platform), "--", "/bin/bash", "-c", script);

    /// <summary>The same with the tools of the tools root.</summary>
    public static Process StartTools(string platform, string script) =>
        RealProgram.Begin("shell", RealProgram.Platform(platform), "--root", ToolsRoot, "--", "/bin/bash", "-c", script);
}
