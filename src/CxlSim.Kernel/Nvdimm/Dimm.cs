using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>A memdev as libnvdimm names it, <c>nmemN</c> (<c>drivers/nvdimm/dimm_devs.c</c>, struct nvdimm; group cxl of <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class Dimm(LinuxKernel kernel, int id, CxlNvdimm provider) : Device("nmem" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<Dimm>.ReadOnly("devtype", d => d.DeviceType!),
        Attr<Dimm>.ReadWrite("security", d => d.Security.StateText, (d, value) => d.Security.StoreAsync(value), d => d.Security.IsKnown),
        Attr<Dimm>.ReadOnly("frozen", d => d.Security.IsFrozen ? "1" : "0", visible: d => d.Security.IsKnown));

    private static readonly AttributeGroup Cxl = new(
        "cxl",
        [
            Attr<Dimm>.ReadOnly("id", d => unchecked((long)d.Provider.Memdev.Serial).ToString(CultureInfo.InvariantCulture)), // shown as %lld
            Attr<Dimm>.ReadOnly("provider", d => d.Provider.Name),
            Attr<Dimm>.ReadOnly(
                "dirty_shutdown", d => d.Provider.DirtyShutdowns!.Value.ToString(CultureInfo.InvariantCulture), visible: d => d.Provider.DirtyShutdowns is not null),
        ]);

    public int Id => id;

    public CxlNvdimm Provider => provider;

    public DimmSecurity Security => field ??= new DimmSecurity(kernel, provider.Memdev);

    public override string DeviceType => "nvdimm";

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, Cxl];
}
