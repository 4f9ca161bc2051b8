using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>What became of a device's capacity.</summary>
/// <param name="Device">The device's name in the platform file.</param>
/// <param name="Memdev">memN and its PCI function; empty where Linux has no memdev of it.</param>
/// <param name="Size">All that it has.</param>
/// <param name="InUse">What a program, or Linux itself, can put something in.</param>
/// <param name="Free">What a region could be made of.</param>
/// <param name="Stranded">What is of no use as the machine stands.</param>
/// <param name="Parts">Each piece and its way, as lines.</param>
public sealed record ReportCapacity(string Device, string Memdev, ByteSize Size, ByteSize InUse, ByteSize Free, ByteSize Stranded, IReadOnlyList<string> Parts)
{
    public static ReportCapacity Of(DeviceCapacity device) => new(
        device.Device, device.Memdev, device.Capacity,
        device.Total(CapacityUse.InUse), device.Total(CapacityUse.Free), device.Total(CapacityUse.Stranded),
        [.. device.Parts.Select(part => part.ToString())]);
}
