using System.Globalization;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Keeps what is done to a machine: in a file where one is asked for, else in memory and without the trace's hash, for the case that the simulator breaks.</summary>
internal sealed class SessionRecording : IDisposable
{
    private readonly string? _path;
    private readonly string _folder;
    private readonly SimulatedMachine _machine;
    private readonly Recorder _recorder;

    /// <param name="session">What is recorded; not booted yet.</param>
    /// <param name="header">Which machine that is.</param>
    /// <param name="read">Its platform file.</param>
    /// <param name="path">Where to; null for memory.</param>
    /// <param name="folder">Where a bug leaves a recording that nobody asked for; the current directory unless said otherwise.</param>
    public SessionRecording(MachineSession session, RecordingHeader header, PlatformReadResult read, string? path, string folder = "")
    {
        _folder = folder;
        _path = path;
        _machine = session.Machine;
        _recorder = session.Record(path is null ? null : WholeFile.IsStandardOutput(path) ? new StreamWriter(StandardStream.OpenOutput()) : new StreamWriter(path), header, read);
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
            if (!_recorder.HasKept)
            {
                return null;
            }

            using StreamWriter writer = new(path);
            _recorder.WriteTo(writer);
            return path;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return null;
        }
    }
}
