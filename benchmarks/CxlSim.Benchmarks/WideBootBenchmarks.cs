using BenchmarkDotNet.Attributes;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Benchmarks;

/// <summary>Boots of machines with many devices, in process and warm. What counts is the time per device: <see cref="PlatformOfBridges"/> with one bridge and with 64.</summary>
[MemoryDiagnoser]
public class WideBootBenchmarks
{
    private PlatformDescription _sixteenWays = null!;
    private PlatformDescription _wide = null!;

    [Params(1, 64)]
    public int Bridges { get; set; } = 1;

    [GlobalSetup]
    public void Setup()
    {
        _sixteenWays = PlatformReader.ReadText(WideMachines.SixteenWays(), "sixteen-ways.yaml").Platform!;
        _wide = PlatformReader.ReadText(WideMachines.Bridges(Bridges), "wide.yaml").Platform!;
    }

    /// <summary>16 devices each bridge, without regions.</summary>
    [Benchmark]
    public int PlatformOfBridges()
    {
        SimulatedMachine machine = new(_wide);
        machine.RunBoot();
        return machine.Kernel!.Cxl.Bus.Devices.Count;
    }

    /// <summary>16 devices in three levels, and the region over all of them, online.</summary>
    [Benchmark]
    public string RegionOfSixteenWays()
    {
        MachineSession session = new(new SimulatedMachine(_sixteenWays));
        session.Boot();
        return new StepRunner(session).Run(_sixteenWays.Steps[0]).Result;
    }
}
