using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>The side of a persistent region that looks to libnvdimm.</content>
public sealed partial class CxlRegion
{
    private CxlPmemRegion? _pmem;

    /// <summary>Hangs the pmem_region below, for as long as both the region and the bridge have their drivers (<c>devm_cxl_add_pmem_region</c>).</summary>
    internal async SimTask<Errno> AddPmemRegionAsync()
    {
        if (_cxl.BridgeOf(Root.Port) is not { } bridge)
        {
            return Because(RefusalRules.PmemBridge, Errno.ENODEV, "no window allows persistent memory: there is no nvdimm bridge");
        }

        if (bridge.NvdimmBus is null)
        {
            return Because(RefusalRules.PmemBridge, Errno.ENXIO, $"{bridge.Name} has no driver", new NearestChange("load cxl_pmem first"), ("bridge", bridge.Name));
        }

        _pmem = new CxlPmemRegion(this);
        OnUnbind(RemovePmemRegionAsync);
        await _cxl.Bus.AddAsync(_pmem, this);
        Debug($"{Name}: register {_pmem.Name}");
        return Errno.Ok;
    }

    internal async SimTask RemovePmemRegionAsync()
    {
        if (_pmem is { } pmem)
        {
            _pmem = null;
            await _cxl.Bus.RemoveAsync(pmem);
        }
    }
}
