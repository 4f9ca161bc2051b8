using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The root of one provider's dimms and regions (<c>drivers/nvdimm/bus.c</c>, struct nvdimm_bus).</summary>
public sealed class NvdimmBus(int id) : Device("ndbus" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<NvdimmBus>.ReadOnly("provider", _ => "CXL"));

    public int Id => id;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];
}
