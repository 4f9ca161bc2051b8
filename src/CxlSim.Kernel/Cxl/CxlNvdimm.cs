using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The persistent side of a memdev, as libnvdimm would meet it (<c>drivers/cxl/core/pmem.c</c>, struct cxl_nvdimm).</summary>
public sealed class CxlNvdimm(CxlMemdev memdev) : CxlDevice("pmem" + memdev.Id.ToString(CultureInfo.InvariantCulture))
{
    public CxlMemdev Memdev => memdev;

    public override string DeviceType => "cxl_nvdimm";

    protected override int ModaliasType => 2;
}
