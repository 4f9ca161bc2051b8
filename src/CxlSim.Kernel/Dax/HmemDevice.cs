using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A soft-reserved range that no CXL window claims (<c>drivers/dax/hmem/hmem.c</c>).</summary>
public sealed class HmemDevice(int id, AddressRange range, int targetNode, int node) : Device("hmem." + id.ToString(CultureInfo.InvariantCulture)), IDaxRegionOwner
{
    private static readonly AttributeGroup Attributes = new(
        Attr<HmemDevice>.ReadOnly("modalias", _ => "platform:hmem"),
        Attr<HmemDevice>.ReadOnly("numa_node", device => device.NumaNode.ToString(CultureInfo.InvariantCulture), visible: device => device.NumaNode >= 0));

    public int Id => id;

    public AddressRange Range => range;

    public int TargetNode => targetNode;

    /// <summary>Where the CPUs are nearest.</summary>
    public int NumaNode => node;

    public DaxRegion? DaxRegion { get; set; }

    public DaxWindow? Window => null;

    public override IEnumerable<string> UeventLines => ["MODALIAS=platform:hmem"];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => DaxRegion is null ? [Attributes] : [Attributes, Kernel.DaxRegion.Attributes];
}
