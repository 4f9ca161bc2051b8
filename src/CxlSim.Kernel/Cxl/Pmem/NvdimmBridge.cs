using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>Where persistent memory meets libnvdimm; there as soon as a window allows persistent memory (<c>drivers/cxl/core/pmem.c</c>).</summary>
public sealed class NvdimmBridge(int id) : CxlDevice("nvdimm-bridge" + id.ToString(CultureInfo.InvariantCulture))
{
    public int Id => id;

    /// <summary>libnvdimm's side, while the bridge has its driver.</summary>
    public NvdimmBus? NvdimmBus { get; set; }

    public override string DeviceType => "cxl_nvdimm_bridge";

    protected override int ModaliasType => 1;
}
