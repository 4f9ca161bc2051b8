using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>Programming the decoders, and taking them out again.</content>
public sealed partial class CxlRegion
{
    private async SimTask<Errno> StoreCommitAsync(string value)
    {
        using FrameScope frame = _kernel.Simulation.Enter("commit_store", Name);
        Errno error = Kstrto.Bool(value, out bool commit);
        if (error != Errno.Ok)
        {
            return Because(RefusalRules.NotABoolean, error, $"'{Kstrto.Trim(value)}' is neither yes nor no", new NearestChange("write 1 or 0"));
        }

        using (await _kernel.Cxl.RegionLock.LockAsync())
        {
            if (commit)
            {
                return await CommitAsync();
            }

            if (State < RegionState.Commit)
            {
                return Errno.Ok;
            }

            State = RegionState.ResetPending;
        }

        // The driver goes without the lock: what hangs below the region may need it.
        await _kernel.Cxl.Bus.UnbindAsync(this);
        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        if (State == RegionState.ResetPending)
        {
            Reset();
            State = RegionState.Active;
        }

        return Errno.Ok;
    }

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

        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>())
        {
            foreach (CxlPort port in member.Port.UpToRoot())
            {
                Errno error = await DecoderCommit.CommitAsync(_kernel, RefAt(port)!.Decoder);
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

    /// <summary>Last member first, and for each from the root down (<c>cxl_region_decode_reset</c>).</summary>
    private void Reset()
    {
        foreach (CxlEndpointDecoder member in Targets.OfType<CxlEndpointDecoder>().Reverse())
        {
            foreach (CxlPort port in member.Port.UpToRoot().Reverse())
            {
                if (RefAt(port) is { } reference)
                {
                    DecoderCommit.Reset(_kernel, reference.Decoder);
                }
            }
        }
    }
}
