using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>/sys/firmware/memmap/N: a range of the memory map as firmware gave it, before the kernel changed anything (<c>drivers/firmware/memmap.c</c>).</summary>
public sealed class FirmwareMapEntry(int number, E820Entry entry) : KObject(number.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<FirmwareMapEntry>.ReadOnly("end", e => e._entry.Range.Last.ToString()),
        Attr<FirmwareMapEntry>.ReadOnly("start", e => e._entry.Range.Start.ToString()),
        Attr<FirmwareMapEntry>.ReadOnly("type", e => e._entry.ResourceName));

    private readonly E820Entry _entry = entry;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}
