using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>A workload as tracks: how busy links and memories were, and the first accesses part by part. Nothing of its figures changes by it.</summary>
public sealed class WorkloadTrace
{
    private FabricSampler? _sampler;
    private AccessRecorder? _accesses;

    /// <summary>What there is by now; nothing before measuring begins.</summary>
    public IReadOnlyList<TrackProcess> Tracks => _sampler is null || _accesses is null ? [] : [.. _sampler.ToTracks(), _accesses.ToTracks()];

    /// <summary>Looks on from when measuring begins; for <see cref="WorkloadRun.Carry"/>.</summary>
    public void Watch(TrafficRun run) => run.Counting += span =>
    {
        _sampler = new FabricSampler(run.Machine, span);
        _accesses = new AccessRecorder(run.Fabric);
    };
}
