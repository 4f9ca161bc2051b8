using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Benchmarks;

/// <summary>Traffic without end to a device behind a switch: random lines, addresses through the committed decoders.</summary>
internal sealed class SwitchedDevice
{
    private const string Text = """
        memory: {dram: 1GiB, cpus: 1}
        firmware: {decoders: programmed}
        host_bridges:
          - {uid: 0, bus: 0x10, root_ports: [{switch: {ports: [{type3: {volatile: 16GiB, path: {profile: asic-ddr4-x8}}}]}}]}
        windows:
          - {base: 0x1000000000, size: 16GiB, targets: [0]}
        """;

    private readonly Simulation _simulation;
    private readonly MemoryFabric _fabric;

    /// <param name="outstanding">Lines at a time.</param>
    /// <param name="reads">Share of reads, 0 to 1.</param>
    public SwitchedDevice(int outstanding, double reads)
    {
        PlatformReadResult read = PlatformReader.ReadText(Text, "switched.yaml");
        SimulatedMachine machine = new(read.Platform ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics)));
        machine.RunBoot();
        MachineFabric fabric = machine.NewFabric();
        AddressPool pool = new([AddressRange.Of(new Hpa(0x10_0000_0000), ByteSize.GiB(16))], []);
        SimRandom random = new(1);
        _ = new ClosedLoop(fabric.Fabric, fabric.MapOf(fabric.Sockets[0]), random, new RandomStream(pool, random), outstanding, reads, SimDuration.Zero);
        _simulation = machine.Simulation;
        _fabric = fabric.Fabric;
        Run(1_000_000);
        if (_fabric.UnderWay != outstanding)
        {
            throw new InvalidOperationException("no traffic");
        }
    }

    /// <summary>Lines that were answered since the beginning.</summary>
    public long Lines => _fabric.Done;

    public void Run(long events)
    {
        for (long i = 0; i < events; i++)
        {
            _simulation.Step();
        }
    }
}
