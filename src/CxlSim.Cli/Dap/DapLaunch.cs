using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>What a launch configuration says; <c>src/vscode/package.json</c> describes each of them.</summary>
/// <param name="Input">The platform file, or a recording, with all that is said besides it.</param>
/// <param name="Seed">Of the order in which devices are probed.</param>
/// <param name="StopOnEntry">Whether the machine stands at power-on first.</param>
/// <param name="StopAtEnd">Whether it stands where nothing is left to do, or the session ends there.</param>
/// <param name="NoDebug">Whether it runs past all breakpoints.</param>
internal sealed record DapLaunch(PlatformInput Input, ulong Seed, bool StopOnEntry, bool StopAtEnd, bool NoDebug)
{
    public static DapLaunch Of(DapArguments arguments)
    {
        PlatformInput input = new(arguments.Text("platform")) { Settings = arguments.Texts("set"), MoreSteps = arguments.Texts("steps"), Append = arguments.TextOrNull("append") };
        long seed = arguments.Number("seed", 0);
        return seed >= 0
            ? new DapLaunch(input, (ulong)seed, arguments.Flag("stopOnEntry", true), arguments.Flag("stopAtEnd", true), arguments.Flag("noDebug", false))
            : throw new DapRefusal($"found the 'seed' {seed}; expected none below 0");
    }

    /// <summary>Null where the file makes no sense.</summary>
    /// <param name="diagnostics">What is wrong with it, or worth a warning.</param>
    public DebugSession? Open(out IReadOnlyList<Diagnostic> diagnostics)
    {
        if (RecordingReader.IsRecording(Input.Path))
        {
            RecordingReadResult recorded = RecordingReader.ReadFile(Input.Path);
            diagnostics = recorded.Diagnostics;
            return recorded.Recording is { } recording ? new DebugSession(recording) : null;
        }

        PlatformReadResult read = Input.Read();
        diagnostics = read.Diagnostics;
        return read.Platform is { } platform ? new DebugSession(platform, Seed) : null;
    }
}
