using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>A device of the cxl bus: all have a devtype and a modalias, and all but memdevs show them (<c>drivers/cxl/core/port.c</c>).</summary>
public abstract class CxlDevice(string name) : Device(name)
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlDevice>.ReadOnly("devtype", d => d.DeviceType!, visible: d => d.ShowsType),
        Attr<CxlDevice>.ReadOnly("modalias", d => d.ModaliasText, visible: d => d.ShowsType));

    public override IEnumerable<string> UeventLines => ["MODALIAS=" + ModaliasText];

    /// <summary>N of <c>cxl:tN</c>, by which drivers are found.</summary>
    protected abstract int ModaliasType { get; }

    protected virtual bool ShowsType => true;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, .. CxlGroups];

    protected virtual IReadOnlyList<AttributeGroup> CxlGroups => [];

    private string ModaliasText => "cxl:t" + ModaliasType.ToString(CultureInfo.InvariantCulture);
}
