using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>One range of a dax device, as mappingN below it (<c>struct dax_mapping</c>).</summary>
/// <param name="id">N: the lowest that is free in the device.</param>
/// <param name="range">What it holds at first.</param>
/// <param name="pageOffset">Where the range starts in the device, in pages.</param>
public sealed class DaxMapping(int id, AddressRange range, ulong pageOffset) : Device("mapping" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<DaxMapping>.ReadOnly("start", m => m.Range.Start.ToString(), FileMode.S0400),
        Attr<DaxMapping>.ReadOnly("end", m => m.Range.Last.ToString(), FileMode.S0400),
        Attr<DaxMapping>.ReadOnly("page_offset", m => $"0x{m.PageOffset:x}", FileMode.S0400));

    public int Id => id;

    /// <summary>Its end moves as the device grows and shrinks.</summary>
    public AddressRange Range { get; internal set; } = range;

    /// <summary>Where the range starts in the device, in pages.</summary>
    public ulong PageOffset => pageOffset;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];
}
