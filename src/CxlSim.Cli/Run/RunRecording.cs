using System.Globalization;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Keeps a run: in a file where one is asked for, else in memory and without the trace's hash, for the case that the simulator breaks.</summary>
internal sealed class RunRecording : IDisposable
{
    private readonly string? _path;
    private readonly string _folder;
    private readonly SimulatedMachine _machine;
    private readonly Recorder _recorder;

    /// <param name="options">What the user asked for.</param>
    /// <param name="session">What is recorded; not booted yet.</param>
    /// <param name="platform">Text of the platform file.</param>
    /// <param name="folder">Where a bug leaves a recording that nobody asked for; the current directory unless said otherwise.</param>
    public RunRecording(RunOptions options, MachineSession session, string platform, string folder = "")
    {
        _folder = folder;
        _path = options.Record;
        _machine = session.Machine;
        RecordingHeader header = RecordingHeader.Of(options.Input, options.Seed) with { Until = options.Until, Trace = options.Trace };
        _recorder = Recorder.Attach(session, _path is null ? null : new StreamWriter(_path), header, platform);
    }

    public void Dispose() => _recorder.End();

    /// <summary>Ends here, and is a file from now on: its path, or null where none can be written.</summary>
    public string? Keep()
    {
        _recorder.End();
        if (_path is not null)
        {
            return _path;
        }

        string name = string.Concat(_machine.Platform.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"cxlsim-bug-{name}-event-{_machine.Simulation.EventNumber}.jsonl"));
        try
        {
            using StreamWriter writer = new(path);
            _recorder.WriteTo(writer);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
