using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>A memdev as libnvdimm names it, <c>nmemN</c> (<c>drivers/nvdimm/dimm_devs.c</c>, struct nvdimm; group cxl of <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class Dimm(int id, CxlNvdimm provider) : Device("nmem" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<Dimm>.ReadOnly("devtype", d => d.DeviceType!),
        Attr<Dimm>.ReadOnly("security", _ => "disabled"));

    private static readonly AttributeGroup Cxl = new(
        "cxl",
        [
            Attr<Dimm>.ReadOnly("id", d => unchecked((long)d.Provider.Memdev.Serial).ToString(CultureInfo.InvariantCulture)), // shown as %lld
            Attr<Dimm>.ReadOnly("provider", d => d.Provider.Name),
        ]);

    public int Id => id;

    public CxlNvdimm Provider => provider;

    public override string DeviceType => "nvdimm";

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, Cxl];
}
