using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Reads what of each device's own addresses is taken.</summary>
internal static class MemdevReader
{
    public static IReadOnlyList<ReportMemdev> Read(SimulatedMachine machine, LinuxKernel kernel)
    {
        Dictionary<Bdf, string> names = machine.Devices.Where(device => device.Address is not null).ToDictionary(device => device.Address!.Value, device => device.Id);
        return [.. kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().OrderBy(memdev => memdev.Id).Select(memdev => new ReportMemdev(
            memdev.Name,
            memdev.Pci is { } pci ? names.GetValueOrDefault(pci.Address, string.Empty) : string.Empty,
            memdev.Partitions.Ram, memdev.Partitions.Pmem, Taken(memdev)))];
    }

    private static IReadOnlyList<DpaPart> Taken(CxlMemdev memdev) =>
    [
        .. memdev.Endpoint?.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.Dpa is not null)
            .Select(decoder => new DpaPart(decoder.Name, decoder.Dpa!.Start, decoder.Dpa.Size, decoder.Region?.Name)) ?? [],
    ];
}
