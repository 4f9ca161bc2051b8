using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Gathers what a page shows of a machine; looking changes nothing.</summary>
public static class MachineReportBuilder
{
    /// <param name="machine">A machine whose kernel has started.</param>
    /// <param name="explained">What became of its memory, and what was refused.</param>
    /// <param name="timeline">What listened from power-on.</param>
    public static MachineReport Build(SimulatedMachine machine, ExplainReport explained, TimelineRecorder timeline)
    {
        LinuxKernel kernel = machine.Kernel!;
        IReadOnlyList<ReportRegion> regions = RegionReader.Read(machine, kernel);
        RegionMap map = new(regions);
        IReadOnlyList<ReportDecoder> decoders = DecoderReader.Read(kernel);
        return new MachineReport
        {
            Platform = explained.Platform,
            Kernel = explained.Kernel,
            CommandLine = kernel.CommandLine.Text,
            Seed = machine.Simulation.Seed.ToString(CultureInfo.InvariantCulture),
            Phase = machine.Phase.ToString(),
            KernelTime = machine.Simulation.Now - machine.KernelStart,
            Capacities = [.. explained.Devices.Select(ReportCapacity.Of)],
            Regions = regions,
            Windows = WindowReader.Read(kernel),
            Topology = new TopologyReader(machine, kernel).Read(),
            Addresses = AddressReader.Read(machine, kernel, map, decoders),
            Memdevs = MemdevReader.Read(machine, kernel),
            Decoders = decoders,
            Timeline = timeline.Read(),
            Memory = MemoryReader.Read(kernel, map),
            Refusals = RefusalReader.Read(explained),
        };
    }
}
