namespace CxlSim.Hardware.Tests;

/// <summary>A machine with one memory device that has more than the usual.</summary>
internal static class Devices
{
    public static Bench With(string keys) => new($$$"""
        memory: {dram: 2GiB, cpus: 1}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 00.0, type3: {volatile: 1GiB, {{{keys}}}}}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """);
}
