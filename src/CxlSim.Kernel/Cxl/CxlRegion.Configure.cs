using System.Numerics;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <content>Ways, granularity and size: what is fixed before members come.</content>
public sealed partial class CxlRegion
{
    private async SimTask<Errno> StoreWaysAsync(string value)
    {
        Errno error = Kstrto.Int(value, out int ways);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!Interleave.TryEncodeWays(ways, out _))
        {
            return Errno.EINVAL;
        }

        // The window has spread already; below it only powers of two are possible.
        if (ways % Root.Ways != 0 || !BitOperations.IsPow2(ways / Root.Ways))
        {
            return Refuse(Errno.EINVAL, $"invalid interleave: {ways}");
        }

        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        if (State >= RegionState.InterleaveActive)
        {
            return Errno.EBUSY;
        }

        Ways = ways;
        return Errno.Ok;
    }

    private async SimTask<Errno> StoreGranularityAsync(string value)
    {
        Errno error = Kstrto.Int(value, out int granularity);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!Interleave.TryEncodeGranularity(granularity, out _) || (Root.Ways > 1 && granularity != Root.Granularity))
        {
            return Errno.EINVAL;
        }

        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        if (State >= RegionState.InterleaveActive)
        {
            return Errno.EBUSY;
        }

        Granularity = granularity;
        return Errno.Ok;
    }

    private async SimTask<Errno> StoreSizeAsync(string value)
    {
        using FrameScope frame = _kernel.Simulation.Enter("size_store", Name);
        Errno error = Kstrto.U64(value, out ulong size);
        if (error != Errno.Ok)
        {
            return error;
        }

        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        return size == 0 ? FreeSize() : TakeSize(new ByteSize(size));
    }

    private Errno FreeSize()
    {
        if (Resource is null)
        {
            return Errno.Ok;
        }

        if (State >= RegionState.Active)
        {
            return Errno.EBUSY;
        }

        ReleaseAddresses();
        State = RegionState.Idle;
        return Errno.Ok;
    }

    private Errno TakeSize(ByteSize size)
    {
        if (Resource is not null)
        {
            return Resource.Range.Size == size ? Errno.Ok : Errno.EBUSY;
        }

        if (State >= RegionState.InterleaveActive)
        {
            return Errno.EBUSY;
        }

        if (Ways == 0 || Granularity == 0 || (Mode == DecoderMode.Pmem && Uuid == NullUuid))
        {
            return Errno.ENXIO;
        }

        if (!size.IsMultipleOf(IdentifyMemoryDevice.CapacityUnit * (ulong)Ways))
        {
            return Errno.EINVAL;
        }

        if (Root.Window is not { } window || FindFree(window, size) is not { } range)
        {
            return Refuse(Errno.ERANGE, $"HPA allocation error (-34) for size:0x{size.Bytes:x16} in {Root.Window?.Name} [mem 0x{Root.Range!.Value.Start.Value:x}-0x{Root.Range.Value.Last.Value:x} flags 0x200]");
        }

        Resource = new Resource(Name, range, ResourceFlags.None);
        Check.That(ResourceTree.TryRequest(window, Resource), "a free range in {0} for {1}", window, Name);
        State = RegionState.InterleaveActive;
        return Errno.Ok;
    }

    /// <summary>The lowest hole of the window that is large enough, at 256 MiB alignment (<c>alloc_free_mem_region</c>).</summary>
    private static AddressRange? FindFree(Resource window, ByteSize size)
    {
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes;
        ulong next = window.Range.Start.Value;
        foreach (Resource? taken in window.Children.Append<Resource?>(null))
        {
            ulong start = (next + unit - 1) / unit * unit;
            ulong end = taken?.Range.Start.Value ?? (window.Range.Last.Value + 1);
            if (end > start && end - start >= size.Bytes)
            {
                return AddressRange.Of(new Hpa(start), size);
            }

            next = taken is null ? next : taken.Range.Last.Value + 1;
        }

        return null;
    }

    /// <summary>What lies below in iomem moves up: leaked memory stays visible.</summary>
    private void ReleaseAddresses()
    {
        if (Resource is { } resource)
        {
            ResourceTree.Remove(resource);
            Resource = null;
        }
    }
}
