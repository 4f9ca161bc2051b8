using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>Programming the decoders, and taking them out again.</content>
public sealed partial class CxlRegion
{
    private const string BypassOption = "CXL_REGION_INVALIDATION_TEST";

    private async SimTask<Errno> StoreCommitAsync(string value)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("commit_store", Name);
        Errno error = Kstrto.Bool(value, out bool commit);
        if (error != Errno.Ok)
        {
            return Because(RefusalRules.NotABoolean, error, $"'{Kstrto.Trim(value)}' is neither yes nor no", new NearestChange("write 1 or 0"));
        }

        if (!commit && KeepsLock)
        {
            return Because(RefusalRules.RegionLocked, Errno.EPERM, $"{Name} is locked", null, ("locked", 1));
        }

        using (await _cxl.RegionLock.LockAsync())
        {
            if (commit)
            {
                return await CommitAsync();
            }

            if (State < RegionState.Commit)
            {
                return Errno.Ok;
            }

            if (!_cxl.Core.Config.Has(KernelChange.ResetsInSpiteOfCaches) && InvalidateCaches() is var stale and not Errno.Ok)
            {
                return stale;
            }

            State = RegionState.ResetPending;
        }

        // The driver goes without the lock: what hangs below the region may need it.
        await _cxl.Bus.UnbindAsync(this);
        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
        Errno reset = Errno.Ok;
        if (State == RegionState.ResetPending)
        {
            reset = Reset();
            State = RegionState.Active;
        }

        return reset;
    }

    private bool KeepsLock => IsLocked && _cxl.Core.Config.Has(KernelChange.LockedRegionsStay);

    private async SimTask<Errno> CommitAsync()
    {
        if (State >= RegionState.Commit)
        {
            return Errno.Ok;
        }

        if (State < RegionState.Active)
        {
            return Because(RefusalRules.CommitIncomplete, Errno.ENXIO, $"{Name} is {RegionStates.Word(State)}", NearestRegion.Commit(this), ("state", RegionStates.Word(State)), ("members", TargetCount), ("ways", Ways));
        }

        if (InvalidateCaches() is var stale and not Errno.Ok)
        {
            return stale;
        }

        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>())
        {
            foreach (CxlPort port in member.Port.UpToRoot())
            {
                Errno error = await DecoderCommit.CommitAsync(_cxl.Core, RefAt(port)!.Decoder);
                if (error != Errno.Ok)
                {
                    Reset();
                    return error;
                }
            }
        }

        State = RegionState.Commit;
        return Errno.Ok;
    }

    /// <summary>CPUs may hold what was at the region's addresses; below a hypervisor Linux has no way to drop that (<c>cxl_region_invalidate_memregion</c>).</summary>
    private Errno InvalidateCaches() => TryInvalidateCaches() ? Errno.Ok : Because(
        RefusalRules.CachesNotInvalidated, Errno.ENXIO, "a CPU that runs below a hypervisor cannot invalidate its caches",
        new NearestChange("boot a CPU that does not say so, or a kernel with CXL_REGION_INVALIDATION_TEST"), ("CXL_REGION_INVALIDATION_TEST", _cxl.Core.Config.Text(BypassOption)));

    private bool TryInvalidateCaches()
    {
        if (!_cxl.Core.Handoff.HasHypervisor)
        {
            return true;
        }

        if (!_cxl.Core.Config.IsEnabled(BypassOption))
        {
            _cxl.Core.Log.Warning(this, "Failed to synchronize CPU cache state");
            return false;
        }

        if (!_cxl.BypassesInvalidation)
        {
            _cxl.Core.Log.Info(this, "caches are not invalidated: the kernel is built to test without");
            _cxl.BypassesInvalidation = true;
        }

        return true;
    }

    /// <summary>Last member first, and for each from the root down (<c>cxl_region_decode_reset</c>). That caches cannot be invalidated does not keep it from that.</summary>
    private Errno Reset()
    {
        if (KeepsLock)
        {
            return Errno.Ok;
        }

        TryInvalidateCaches();
        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>().Reverse())
        {
            if (member.IsOfDvsec)
            {
                return StopReset(member);
            }

            foreach (CxlPort port in member.Port.UpToRoot().Reverse())
            {
                if (RefAt(port) is { } reference)
                {
                    DecoderCommit.Reset(_cxl.Core, reference.Decoder);
                }
            }
        }

        return Errno.Ok;
    }

    /// <summary>Such a decoder has no function for it, and Linux calls it all the same: whoever had it do so does not live to see it, and the region lock is kept for good. Here the call ends with an error.</summary>
    private Errno StopReset(CxlEndpointDecoder member)
    {
        _cxl.Core.Log.Error(this, $"BUG: cxl_region_decode_reset calls a reset that {member.Name} does not have");
        return Because(RefusalRules.DvsecReset, Errno.EFAULT, $"{member.Name} stands for a range of the DVSEC of {member.Memdev.Name}, and has no reset", new NearestChange("leave the region as firmware has made it"), ("decoder", member.Name));
    }
}
