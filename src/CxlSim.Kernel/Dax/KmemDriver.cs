using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Turns a dax device into memory blocks (<c>drivers/dax/kmem.c</c>).</summary>
public sealed class KmemDriver(DaxBus bus) : DaxDriver(bus.Core.Refusals, "kmem")
{
    private readonly Dictionary<DevDax, KmemState> _bound = [];

    /// <summary>A device of this driver as a whole; null for one that it has not.</summary>
    internal KmemState? StateOf(DevDax dax) => _bound.GetValueOrDefault(dax);

    /// <summary>The driver goes in any case; a kernel that cannot remove memory leaves it all behind.</summary>
    public override async SimTask RemoveAsync(Device device)
    {
        DevDax dax = (DevDax)device;
        _bound.Remove(dax, out KmemState? state);
        if (bus.Memory.CanRemove && await state!.Memory.RemoveAsync())
        {
            bus.Tiers.ClearDistance(bus.Numa.Node(dax.Region.TargetNode), state.Memory.Distance);
        }
    }

    protected override bool MatchesType(DevDax dax) => dax.Region.IsForKmem;

    protected override FrameScope Enter(DevDax dax) => bus.Core.Simulation.Enter("dev_dax_kmem_probe", dax.Name);

    protected override async SimTask<Errno> ProbeAsync(DevDax dax)
    {
        bus.Core.Milestone("KmemProbe", dax.Name);
        int nodeId = dax.Region.TargetNode;
        if (nodeId < 0)
        {
            bus.Core.Log.Warning(dax, $"rejecting DAX region with invalid node: {nodeId}");
            bus.Core.Findings.Report(KernelRules.KmemNode, new AddressPlace(dax.Region.Range), $"no node for {dax.Region.Range}");
            return dax.Refuse(KernelRules.KmemNode, Errno.EINVAL, $"no node for {dax.Region.Range}", new NearestChange("give the range a proximity domain in the SRAT"), ("node", nodeId));
        }

        List<(int Index, AddressRange Range)> ranges = AlignedRanges(dax);
        if (ranges.Count == 0)
        {
            bus.Core.Log.Warning(dax, "rejecting DAX region without any memory after alignment");
            return dax.Refuse(
                RefusalRules.KmemTooSmall, Errno.EINVAL, "nothing is left after alignment", new NearestChange($"use ranges that hold a memory block of {bus.Memory.BlockSize} whole"),
                ("size", dax.Size.ToString()), ("memory block", bus.Memory.BlockSize.ToString()));
        }

        NumaNode node = bus.Numa.Node(nodeId);
        KmemMemory memory = new(bus, dax, ranges) { Distance = bus.Tiers.DistanceOf(node, MemoryTiers.UnknownDistance) };
        bus.Tiers.SetDistance(node, memory.Distance);
        OnlineType online = bus.Memory.DefaultOnline;
        Errno error = await memory.AddAsync(online);
        if (error != Errno.Ok)
        {
            bus.Tiers.ClearDistance(node, memory.Distance);
            return error;
        }

        _bound[dax] = new KmemState(bus, dax, memory, online);
        return Errno.Ok;
    }

    /// <summary>Whole memory blocks only; heads and tails belong to nobody (K-03).</summary>
    private List<(int Index, AddressRange Range)> AlignedRanges(DevDax dax)
    {
        ulong block = bus.Memory.BlockSize.Bytes;
        BlockLoss loss = new(bus.Memory.BlockSize, (dax.Region.Parent as IDaxRegionOwner)?.Window, bus.Core.Findings);
        IReadOnlyList<AddressRange> ranges = dax.Ranges;
        ByteSize lost = dax.Size;
        List<(int Index, AddressRange Range)> aligned = [];
        for (int i = 0; i < ranges.Count; i++)
        {
            AddressRange range = ranges[i];
            loss.Report(range);
            ulong start = (range.Start.Value + block - 1) / block * block;
            ulong end = (range.Last.Value + 1) / block * block;
            if (start < end)
            {
                AddressRange whole = AddressRange.FromBounds(new Hpa(start), new Hpa(end - 1));
                aligned.Add((i, whole));
                lost -= whole.Size;
            }
            else
            {
                bus.Core.Log.Info(dax, $"mapping{i}: {range} too small after alignment");
            }
        }

        if (!lost.IsZero && aligned.Count > 0 && bus.Core.Config.Has(KernelChange.KmemTruncationSaid))
        {
            bus.Core.Log.Warning(dax, $"DAX region truncated by {MemFormat.Short(lost)} due to alignment");
        }

        return aligned;
    }
}
