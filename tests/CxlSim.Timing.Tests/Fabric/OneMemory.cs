using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Fabric;

/// <summary>A host, links, and a memory that answers all addresses.</summary>
internal sealed class OneMemory : IAddressMap
{
    private readonly MemoryRoute _route;

    public OneMemory(IMedia media, params LinkParameters[] links)
    {
        Fabric = new MemoryFabric(Simulation);
        Links = [.. links.Select(link => new FabricLink(Fabric, link))];
        Memory = new MemoryEnd("memory", SimDuration.Nanoseconds(16), media);
        _route = new MemoryRoute(Links, Memory);
    }

    public static AddressPool Pool { get; } = new([AddressRange.Of(Hpa.Zero, ByteSize.GiB(16))], []);

    /// <summary>Eight lanes at 32 GT/s: a slot takes 531.25 ps.</summary>
    public static LinkParameters Narrow { get; } = new("narrow", new LinkRate(8, 32, FlitMode.Flit68).Cost)
    {
        Latency = SimDuration.Nanoseconds(25),
        DownstreamBuffer = SimDuration.Nanoseconds(44),
        UpstreamBuffer = SimDuration.Nanoseconds(44),
    };

    public Simulation Simulation { get; } = new(7);

    public MemoryFabric Fabric { get; }

    public IReadOnlyList<FabricLink> Links { get; }

    public MemoryEnd Memory { get; }

    public ClosedLoop Loop(int outstanding, double reads, double pause = 0)
    {
        SimRandom random = new(11);
        return new ClosedLoop(Fabric, this, random, new RandomStream(Pool, random), outstanding, reads, SimDuration.Nanoseconds(pause));
    }

    /// <summary>Runs, counts, ends, and waits for what is under way.</summary>
    public void Measure(TrafficSource source, int microseconds = 100)
    {
        Simulation.RunWithin(SimDuration.Microseconds(10));
        source.Meter.Clear();
        Simulation.RunWithin(SimDuration.Microseconds(microseconds));
        source.Stop();
        Simulation.RunUntilIdle();
    }

    public bool TryFind(Hpa address, out MemoryRoute route, out Dpa target)
    {
        (route, target) = (_route, new Dpa(address.Value));
        return true;
    }
}
