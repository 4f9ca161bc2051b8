using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The hand-over from a volatile region to DAX (<c>struct cxl_dax_region</c>).</summary>
public sealed class CxlDaxRegion(CxlRegion region) : CxlDevice("dax_region" + region.Id.ToString(CultureInfo.InvariantCulture)), IDaxRegionOwner
{
    public CxlRegion Region => region;

    public DaxRegion? DaxRegion { get; set; }

    public DaxWindow? Window => region.Root.Entry;

    public override string DeviceType => "cxl_dax_region";

    protected override int ModaliasType => 8;

    protected override IReadOnlyList<AttributeGroup> CxlGroups => DaxRegion is null ? [] : [Kernel.DaxRegion.Attributes];
}
