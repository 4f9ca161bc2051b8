using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>Where persistent memory would meet libnvdimm; there as soon as a window allows persistent memory (<c>drivers/cxl/core/pmem.c</c>).</summary>
public sealed class NvdimmBridge(int id) : CxlDevice("nvdimm-bridge" + id.ToString(CultureInfo.InvariantCulture))
{
    public int Id => id;

    public override string DeviceType => "cxl_nvdimm_bridge";

    protected override int ModaliasType => 1;
}
