using CxlSim.Platform;

namespace CxlSim.Machine.Tests;

/// <summary>Machines, in few words.</summary>
internal static class Given
{
    /// <summary>A small machine whose firmware has programmed the decoders, so that every milestone is reached in the boot itself.</summary>
    private const string Small = """
        name: small
        memory: {dram: 4GiB, cpus: 2}
        firmware: {decoders: locked}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, targets: [5]}]
        """;

    public static SimulatedMachine SmallMachine(ulong seed = 0) => new(PlatformReader.ReadText(Small, "small.yaml").Platform!, seed);

    public static SimulatedMachine SingleDevice(ulong seed = 0) => new(PlatformReader.ReadFile(RepositoryRoot.File("platforms/single-device.yaml")).Platform!, seed);

    /// <summary>Booted, from the text of a platform file; its steps are left out.</summary>
    public static SimulatedMachine Booted(string platform = Small, ulong seed = 0)
    {
        SimulatedMachine machine = new(PlatformReader.ReadText(platform, "p.yaml").Platform!, seed);
        machine.RunBoot().Should().BeTrue();
        return machine;
    }

    /// <summary>Boots to the end and gives back what was traced.</summary>
    public static TraceLines Boot(SimulatedMachine machine)
    {
        TraceLines trace = new();
        machine.Simulation.AddSink(trace);
        machine.RunBoot().Should().BeTrue();
        return trace;
    }
}
