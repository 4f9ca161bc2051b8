using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Spec.Efi;

namespace CxlSim.Views;

/// <summary>Reads who says what of the host's addresses.</summary>
internal static class AddressReader
{
    public static IReadOnlyList<AddressLane> Read(SimulatedMachine machine, LinuxKernel kernel, RegionMap regions, IReadOnlyList<ReportDecoder> decoders) =>
    [
        .. new[]
        {
            new AddressLane("EFI memory map", Efi(machine, kernel)),
            new AddressLane("/proc/iomem", [.. kernel.Iomem.Root.Children.SelectMany(child => Lines(child, 0, null, regions))]),
            new AddressLane("windows", [.. kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Where(window => window.Range is not null).Select(window => new AddressBar(window.Name, window.Range!.Value))]),
            new AddressLane("host bridge decoders", Decoders(decoders, "host bridge")),
            new AddressLane("switch decoders", Decoders(decoders, "switch")),
            new AddressLane("device decoders", Decoders(decoders, "endpoint")),
            new AddressLane("memory blocks", Blocks(kernel, regions)),
        }.Where(lane => lane.Bars.Count > 0),
    ];

    /// <summary>Descriptors that continue one another are one bar.</summary>
    private static List<AddressBar> Efi(SimulatedMachine machine, LinuxKernel kernel)
    {
        List<AddressBar> bars = [];
        ReadOnlySpan<byte> bytes = machine.EfiMemoryMap.Span;
        for (int offset = 0; offset + kernel.Handoff.DescriptorSize <= bytes.Length; offset += kernel.Handoff.DescriptorSize)
        {
            if (!BinaryLayout.TryRead(bytes[offset..], out EfiMemoryDescriptor descriptor) || !EfiMap.TryRange(descriptor, out AddressRange range))
            {
                continue;
            }

            string name = NameOf(descriptor);
            if (bars.Count > 0 && bars[^1].Name == name && bars[^1].Range.Last.Value + 1 == range.Start.Value)
            {
                bars[^1] = new AddressBar(name, AddressRange.FromBounds(bars[^1].Range.Start, range.Last));
            }
            else
            {
                bars.Add(new AddressBar(name, range));
            }
        }

        return bars;
    }

    private static string NameOf(in EfiMemoryDescriptor descriptor)
    {
        string type = Enum.IsDefined((EfiMemoryType)descriptor.Type) ? ((EfiMemoryType)descriptor.Type).ToString() : string.Create(CultureInfo.InvariantCulture, $"type {descriptor.Type}");
        return ((EfiMemoryAttributes)descriptor.Attribute & EfiMemoryAttributes.SpecificPurpose) != 0 ? $"{type}, specific purpose" : type;
    }

    /// <summary>What lies in a region's line belongs to the region.</summary>
    private static IEnumerable<AddressBar> Lines(Resource resource, int depth, string? above, RegionMap regions)
    {
        string? region = above ?? (regions.Has(resource.Name) ? resource.Name : null);
        return resource.Children.SelectMany(child => Lines(child, depth + 1, region, regions)).Prepend(new AddressBar(resource.Name, resource.Range, depth, region));
    }

    /// <summary>Decoders of one level that decode the same range are one bar: members of an interleave all do.</summary>
    private static List<AddressBar> Decoders(IReadOnlyList<ReportDecoder> decoders, string level) =>
    [
        .. decoders.Where(decoder => decoder.Level == level && decoder.Range is not null).GroupBy(decoder => decoder.Range!.Value).OrderBy(group => group.Key.Start)
            .Select(group => new AddressBar(string.Join(' ', group.Select(decoder => decoder.Name)), group.Key, Region: group.First().Regions.FirstOrDefault())),
    ];

    private static List<AddressBar> Blocks(LinuxKernel kernel, RegionMap regions)
    {
        ByteSize size = kernel.Memory.BlockSize;
        return
        [
            .. MemoryReader.Runs(kernel, regions).Select(run => new AddressBar(
                $"memory{(run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}")}, node {run.Node}{(run.Zone.Length > 0 ? $" {run.Zone}" : string.Empty)}, {run.State}",
                AddressRange.Of(new Hpa(run.First * size.Bytes), size * (run.Last - run.First + 1)), Region: run.Region)),
        ];
    }
}
