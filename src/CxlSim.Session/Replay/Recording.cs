using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A run or a session that was kept: <see cref="RecordingReader"/> reads it, <see cref="RecordingPlayer"/> plays it.</summary>
/// <param name="Header">Which machine was booted how.</param>
/// <param name="Platform">Its platform file with all that the command line said besides it, read.</param>
/// <param name="Requests">What was done to it, in order.</param>
/// <param name="End">Null where the recording is cut off.</param>
public sealed record Recording(RecordingHeader Header, PlatformDescription Platform, IReadOnlyList<RecordedRequest> Requests, RecordingEnd? End)
{
    /// <summary>Whether somebody summed up the trace.</summary>
    public bool HasHashes => End?.Trace is not null || Requests.Any(request => request.Trace is not null);
}
