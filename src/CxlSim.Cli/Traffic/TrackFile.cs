using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Where the tracks of a boot and a workload are written.</summary>
/// <param name="path">The file.</param>
/// <param name="timeline">What listened to the boot.</param>
internal sealed class TrackFile(string path, TimelineRecorder timeline)
{
    /// <summary>False where it cannot be written, which is said then.</summary>
    public bool TryWrite(WorkloadTrace trace)
    {
        try
        {
            WholeFile.Write(path, TraceEventJson.Render([.. BootTracks.Of(timeline.Read()), .. trace.Tracks]));
            return true;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the trace cannot be written: {error.Message}");
            return false;
        }
    }
}
