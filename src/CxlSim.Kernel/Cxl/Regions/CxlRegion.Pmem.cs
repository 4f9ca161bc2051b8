using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>The side of a persistent region that looks to libnvdimm.</content>
public sealed partial class CxlRegion
{
    private CxlPmemRegion? _pmem;

    /// <summary>
    /// Hangs the pmem_region below, for as long as both the region and the bridge have their drivers (<c>devm_cxl_add_pmem_region</c>). Where the bridge has none, Linux
    /// finds out too late, and a pmem_region stays that nobody takes away.
    /// </summary>
    internal async SimTask<Errno> AddPmemRegionAsync()
    {
        if (_cxl.BridgeOf(Root.Port) is not { } bridge)
        {
            return Because(RefusalRules.PmemBridge, Errno.ENODEV, "no window allows persistent memory: there is no nvdimm bridge");
        }

        if (_pmem is not null)
        {
            _cxl.Core.Log.Warning($"sysfs: cannot create duplicate filename '{_pmem.Path}'");
            return Because(RefusalRules.PmemRegionThere, Errno.EEXIST, $"{_pmem.Name} is there already", new NearestChange($"delete {Name}, and make it again with cxl_pmem loaded"));
        }

        _pmem = new CxlPmemRegion(this) { HasBridge = bridge.NvdimmBus is not null };
        await _cxl.Bus.AddAsync(_pmem, this);
        Debug($"{Name}: register {_pmem.Name}");
        if (!_pmem.HasBridge)
        {
            return Because(RefusalRules.PmemBridge, Errno.ENXIO, $"{bridge.Name} has no driver", new NearestChange($"delete {Name}, load cxl_pmem, and make it again"), ("bridge", bridge.Name));
        }

        OnUnbind(RemovePmemRegionAsync);
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
