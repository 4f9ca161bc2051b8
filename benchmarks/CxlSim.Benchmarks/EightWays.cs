using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Benchmarks;

/// <summary>A booted machine with one region over eight devices of 1 GiB, programmed by firmware.</summary>
internal static class EightWays
{
    public static readonly Hpa Region = new(0x10_0000_0000);

    public static SimulatedMachine Boot(int granularity)
    {
        string bridge = string.Join('\n', Enumerable.Range(0, 4).Select(port => $"      - {{at: 0{port}.0, port: {port}, type3: {{volatile: 1GiB}}}}"));
        string text = $"""
            memory: {"{dram: 1GiB, cpus: 1}"}
            firmware: {"{decoders: programmed}"}
            host_bridges:
              - uid: 0
                bus: 0x10
                root_ports:
            {bridge}
              - uid: 1
                bus: 0x20
                root_ports:
            {bridge}
            windows:
              - {"{"}base: {Region}, targets: [0, 1], granularity: {granularity}{"}"}
            """;
        PlatformReadResult read = PlatformReader.ReadText(text, "eight-ways.yaml");
        SimulatedMachine machine = new(read.Platform ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics)));
        machine.RunBoot();
        if (machine.Load(Region, new byte[1]) != BusResult.Done)
        {
            throw new InvalidOperationException("firmware programmed no region");
        }

        return machine;
    }
}
