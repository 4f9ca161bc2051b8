using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>The persistent side of a memdev, as libnvdimm meets it (<c>drivers/cxl/core/pmem.c</c>, struct cxl_nvdimm).</summary>
public sealed class CxlNvdimm(CxlMemdev memdev, NvdimmBridge bridge) : CxlDevice("pmem" + memdev.Id.ToString(CultureInfo.InvariantCulture))
{
    public CxlMemdev Memdev => memdev;

    /// <summary>The way of its root to libnvdimm.</summary>
    public NvdimmBridge Bridge => bridge;

    /// <summary>What libnvdimm has of it, while cxl_nvdimm is bound.</summary>
    public Dimm? Dimm { get; set; }

    /// <summary>How often the device lost its power in use; null where that is not known.</summary>
    public uint? DirtyShutdowns { get; set; }

    public override string DeviceType => "cxl_nvdimm";

    protected override int ModaliasType => 2;
}
