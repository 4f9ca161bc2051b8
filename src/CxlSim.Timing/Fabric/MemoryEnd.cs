using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Where a route ends: a controller with its media.</summary>
/// <param name="name">For reports.</param>
/// <param name="controller">What the controller takes of each access, there and back together.</param>
/// <param name="media">What holds the lines.</param>
/// <param name="every">How soon the controller takes the next line.</param>
public sealed class MemoryEnd(string name, SimDuration controller, IMedia media, SimDuration every = default)
{
    private readonly LatencyHistogram[] _times = [new(), new()];
    private SimTime _freeAt;

    public string Name => name;

    public SimDuration Controller => controller;

    public IMedia Media => media;

    /// <summary>How soon the controller takes the next line.</summary>
    public SimDuration Every => every;

    /// <summary>What the media took of each read, waiting for banks and bus included.</summary>
    public LatencyHistogram Reads => _times[(int)AccessKind.Read];

    /// <summary>How long writes waited to be accepted.</summary>
    public LatencyHistogram Writes => _times[(int)AccessKind.Write];

    /// <summary>Counts anew from now on.</summary>
    public void Clear()
    {
        Reads.Clear();
        Writes.Clear();
        media.Clear();
    }

    /// <returns>When the media are done; the controller's time comes after it.</returns>
    internal SimTime Access(SimTime now, Dpa address, AccessKind kind)
    {
        SimTime start = _freeAt > now ? _freeAt : now;
        _freeAt = start + every;
        SimTime done = media.Access(start, address.Value, kind);
        _times[(int)kind].Add(done - now);
        return done;
    }
}
