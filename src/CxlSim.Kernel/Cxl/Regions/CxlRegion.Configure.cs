using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <content>Ways, granularity and size: what is fixed before members come.</content>
public sealed partial class CxlRegion
{
    private async SimTask<Errno> StoreWaysAsync(string value)
    {
        Errno error = Kstrto.U64(value, out ulong number);
        error = error == Errno.Ok && number > uint.MaxValue ? Errno.ERANGE : error;
        if (error != Errno.Ok && Kstrto.Int(value, out _) != Errno.Ok)
        {
            return error;
        }

        int ways = error == Errno.Ok ? (int)Math.Min(number, int.MaxValue) : -1; // what is below zero is refused as a number of ways
        if (!Interleave.TryEncodeWays(ways, out _))
        {
            return Because(RefusalRules.WaysIllegal, Errno.EINVAL, $"{ways} ways cannot be encoded", NearestWays(ways), ("ways", ways), ("legal ways", "1, 2, 3, 4, 6, 8, 12, 16"));
        }

        if (!NearestInterleave.IsOfWindow(ways, Root))
        {
            return Refuse(RefusalRules.WaysOfWindow, Errno.EINVAL, $"invalid interleave: {ways}", NearestWays(ways), ("ways", ways), ($"ways of {Root.Name}", Root.Ways));
        }

        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
        if (State >= RegionState.InterleaveActive)
        {
            return Because(RefusalRules.WaysFixed, Errno.EBUSY, $"{Name} is {RegionStates.Word(State)}", NearestRegion.AfterRelease(this, "interleave_ways", Decimal(ways)), ("state", RegionStates.Word(State)));
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

        NearestChange nearest = NearestRegion.Write(this, "interleave_granularity", (ulong)NearestInterleave.Granularity(granularity, Root));
        if (!Interleave.TryEncodeGranularity(granularity, out _))
        {
            return Because(RefusalRules.GranularityIllegal, Errno.EINVAL, $"a granularity of {granularity} cannot be encoded", nearest, ("granularity", granularity), ("legal granularities", "powers of two from 256 to 16384"));
        }

        if (Root.Ways > 1 && granularity != Root.Granularity)
        {
            return Because(
                RefusalRules.GranularityOfWindow, Errno.EINVAL, $"{Root.Name} spreads by {Root.Granularity}", nearest,
                ("granularity", granularity), ($"granularity of {Root.Name}", Root.Granularity), ($"ways of {Root.Name}", Root.Ways));
        }

        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
        if (State >= RegionState.InterleaveActive)
        {
            return Because(
                RefusalRules.GranularityFixed, Errno.EBUSY, $"{Name} is {RegionStates.Word(State)}", NearestRegion.AfterRelease(this, "interleave_granularity", Decimal(granularity)), ("state", RegionStates.Word(State)));
        }

        Granularity = granularity;
        return Errno.Ok;
    }

    private async SimTask<Errno> StoreSizeAsync(string value)
    {
        using FrameScope frame = _cxl.Core.Simulation.Enter("size_store", Name);
        Errno error = Kstrto.U64(value, out ulong size);
        if (error != Errno.Ok)
        {
            return error;
        }

        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
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
            return Because(RefusalRules.SizeActive, Errno.EBUSY, $"{Name} is {RegionStates.Word(State)}", NearestRegion.AfterRelease(this, "size", "0"), ("state", RegionStates.Word(State)));
        }

        ReleaseAddresses();
        State = RegionState.Idle;
        return Errno.Ok;
    }

    private Errno TakeSize(ByteSize size)
    {
        if (Resource is not null)
        {
            return Resource.Range.Size == size
                ? Errno.Ok
                : Because(RefusalRules.SizeTaken, Errno.EBUSY, $"{Name} has {Resource.Range}", NearestRegion.OtherSize(this, size), ("size", size.ToString()), ("size now", Resource.Range.Size.ToString()));
        }

        bool needsUuid = Mode == DecoderMode.Pmem && Uuid == NullUuid;
        if (Ways == 0 || Granularity == 0 || needsUuid)
        {
            return Because(
                RefusalRules.SizeTooEarly, Errno.ENXIO, $"{Name} is not described yet", NearestRegion.SizeWithInterleave(this, size, needsUuid),
                ("ways", Ways), ("granularity", Granularity), ("uuid", Mode == DecoderMode.Pmem ? Uuid : "not needed"));
        }

        ByteSize unit = NearestRegion.Unit(this);
        if (!size.IsMultipleOf(unit))
        {
            return Because(RefusalRules.SizeUnit, Errno.EINVAL, $"0x{size.Bytes:x} is not a multiple of {unit}", NearestRegion.Size(this, size), ("size", $"0x{size.Bytes:x}"), ("unit", unit.ToString()), ("ways", Ways));
        }

        Hpa farthest = _cxl.Core.AddressSizes.LastMapped;
        if (Root.Window is not { } window || FindFree(window, size, farthest) is not { } range)
        {
            string said = $"HPA allocation error (-34) for size:0x{size.Bytes:x16} in {Root.Window?.Name} [mem 0x{Root.Range!.Value.Start.Value:x}-0x{Root.Range.Value.Last.Value:x} flags 0x200]";
            return Root.Window is { } far && FindFree(far, size, ResourceTree.End) is { } beyond
                ? Refuse(RefusalRules.SizeReach, Errno.ERANGE, said, _cxl.Core.AddressSizes.Farther, ("free", beyond.ToString()), ("end of what page tables reach", farthest.ToString()))
                : Refuse(RefusalRules.SizeRoom, Errno.ERANGE, said, NearestRegion.Size(this, size), ("size", size.ToString()), ("largest free range", FreeRange.Largest(Root.Window, unit).ToString()), ($"size of {Root.Name}", Root.Range.Value.Size.ToString()), ($"size of {Root.Name} that would do", NeededWindow(size)));
        }

        Resource = new Resource(Name, range, ResourceFlags.None);
        Check.That(ResourceTree.TryRequest(window, Resource), "a free range in {0} for {1}", window, Name);
        State = RegionState.InterleaveActive;
        return Errno.Ok;
    }

    private string NeededWindow(ByteSize size) =>
        Root.Window is { } window && FreeRange.Needed(window, size, IdentifyMemoryDevice.CapacityUnit * (ulong)Root.Ways) is { } needed ? needed.ToString() : "none";

    private NearestChange NearestWays(int wanted) => NearestRegion.Write(this, "interleave_ways", (ulong)NearestInterleave.Ways(wanted, Root));

    /// <summary>The lowest hole of the window that is large enough, at 256 MiB alignment, and begins where memory can be (<c>alloc_free_mem_region</c>; nobody asks where it ends).</summary>
    private static AddressRange? FindFree(Resource window, ByteSize size, Hpa farthest)
    {
        ulong unit = IdentifyMemoryDevice.CapacityUnit.Bytes;
        ulong next = window.Range.Start.Value;
        foreach (Resource? taken in window.Children.Append<Resource?>(null))
        {
            ulong start = (next + unit - 1) / unit * unit;
            ulong end = taken?.Range.Start.Value ?? (window.Range.Last.Value + 1);
            if (end > start && end - start >= size.Bytes)
            {
                return start <= farthest.Value ? AddressRange.Of(new Hpa(start), size) : null;
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
