using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>A number that was given in the order of probes, and what it stands for.</summary>
/// <param name="Kind">What is numbered: <c>mem</c>, <c>nmem</c>, <c>port</c> (endpoints too), <c>region</c>, <c>pci</c> or <c>bus</c>.</param>
/// <param name="Number">N of memN; the address of a PCI function; domain and number of a PCI bus.</param>
/// <param name="Meaning">The device of the platform file, the host of a port, the members of a region, the slots on the way to a function: the same on every machine that has it.</param>
public sealed record NamedObject(string Kind, string Number, string Meaning)
{
    internal const string Memdev = "mem";
    internal const string Dimm = "nmem";
    internal const string Port = "port";
    internal const string Region = "region";
    internal const string Function = "pci";
    internal const string Bus = "bus";

    public static IReadOnlyList<NamedObject> Of(SimulatedMachine machine)
    {
        LinuxKernel kernel = machine.Kernel!;
        Dictionary<CxlMemdev, string> devices = [];
        foreach (DeviceInfo device in machine.Devices)
        {
            if (machine.MemdevOf(device) is { } memdev)
            {
                devices[memdev] = device.Id;
            }
        }

        NamedObject[] memdevs = [.. kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Select(memdev => new NamedObject(Memdev, Text(memdev.Id), Meaning(memdev)))];
        NamedObject[] ports =
        [
            .. kernel.Cxl.Bus.Devices.OfType<CxlPort>().Select(port => new NamedObject(
                Port, Text(port.Id), port.Uport is CxlMemdev memdev ? $"endpoint of {Meaning(memdev)}" : port.IsRoot ? $"root {port.Uport.Name}" : port.Uport.Name)),
        ];
        IEnumerable<NamedObject> dimms = devices.Keys.Where(memdev => memdev.Nvdimm?.Dimm is not null).Select(memdev => new NamedObject(Dimm, Text(memdev.Nvdimm!.Dimm!.Id), Meaning(memdev)));
        return [.. memdevs, .. dimms, .. ports, .. Regions(kernel, Meaning), .. kernel.PciBus.Devices.OfType<PciDevice>().SelectMany(Functions).DistinctBy(found => (found.Kind, found.Number))];

        string Meaning(CxlMemdev memdev) => devices.GetValueOrDefault(memdev, memdev.Host.Name);
    }

    /// <summary>The function and its bus: bus numbers follow from what else is plugged in, slots do not.</summary>
    private static IEnumerable<NamedObject> Functions(PciDevice function)
    {
        string[] steps = [.. function.Path.Split('/').SkipWhile(step => !step.StartsWith("pci", StringComparison.Ordinal)).Select(step => step.Split(':') is [_, _, var slot] ? slot : step)];
        yield return new NamedObject(Function, function.Name, string.Join('/', steps));
        yield return new NamedObject(Bus, function.Name[..function.Name.LastIndexOf(':')], string.Join('/', steps[..^1]));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Regions over the same devices are counted.</summary>
    private static IEnumerable<NamedObject> Regions(LinuxKernel kernel, Func<CxlMemdev, string> meaning)
    {
        Dictionary<string, int> seen = [];
        foreach (CxlRegion region in kernel.Cxl.Bus.Devices.OfType<CxlRegion>().OrderBy(region => region.Resource?.Range.Start.Value ?? ulong.MaxValue))
        {
            string members = $"{region.Root.Id}: {string.Join(' ', region.Targets.OfType<CxlEndpointDecoder>().Select(decoder => meaning(decoder.Memdev)).Order(StringComparer.Ordinal))}";
            int count = seen[members] = seen.GetValueOrDefault(members) + 1;
            yield return new NamedObject(Region, Text(region.Id), $"{members}, {count}");
        }
    }
}
