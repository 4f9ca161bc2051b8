using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Turns a dax device into memory blocks (<c>drivers/dax/kmem.c</c>).</summary>
public sealed class KmemDriver(LinuxKernel kernel) : DaxDriver(kernel.Refusals, "kmem")
{
    private const string ResourceName = "System RAM (kmem)";

    /// <summary>What each bound device has added.</summary>
    private readonly Dictionary<DevDax, List<Resource>> _added = [];

    public override async SimTask RemoveAsync(Device device)
    {
        DevDax dax = (DevDax)device;
        _added.Remove(dax, out List<Resource>? resources);
        foreach (Resource resource in resources ?? [])
        {
            Errno error = await kernel.Memory.RemoveAsync(resource.Range);
            if (error == Errno.Ok)
            {
                ResourceTree.Release(resource);
            }
            else
            {
                int index = resources!.IndexOf(resource);
                kernel.Log.Error(device, $"mapping{index}: {resource.Range} cannot be hotremoved until the next reboot");
            }
        }
    }

    protected override bool MatchesType(DevDax dax) => dax.Region.IsForKmem;

    protected override FrameScope Enter(DevDax dax) => kernel.Simulation.Enter("dev_dax_kmem_probe", dax.Name);

    protected override async SimTask<Errno> ProbeAsync(DevDax dax)
    {
        kernel.Milestone("KmemProbe", dax.Name);
        int nodeId = dax.Region.TargetNode;
        if (nodeId < 0)
        {
            kernel.Log.Warning(dax, $"rejecting DAX region with invalid node: {nodeId}");
            kernel.Findings.Report(KernelRules.KmemNode, new AddressPlace(dax.Region.Range), $"no node for {dax.Region.Range}");
            return dax.Refuse(KernelRules.KmemNode, Errno.EINVAL, $"no node for {dax.Region.Range}", new NearestChange("give the range a proximity domain in the SRAT"), ("node", nodeId));
        }

        List<(int Index, AddressRange Range)> ranges = AlignedRanges(dax);
        if (ranges.Count == 0)
        {
            kernel.Log.Warning(dax, "rejecting DAX region without any memory after alignment");
            return dax.Refuse(
                RefusalRules.KmemTooSmall, Errno.EINVAL, "nothing is left after alignment", new NearestChange($"use ranges that hold a memory block of {kernel.Memory.BlockSize} whole"),
                ("size", dax.Size.ToString()), ("memory block", kernel.Memory.BlockSize.ToString()));
        }

        NumaNode node = kernel.Numa.Node(nodeId);
        kernel.Tiers.SetDistance(node, kernel.Tiers.DistanceOf(node, MemoryTiers.UnknownDistance));
        List<Resource> added = [];
        MemoryGroup group = new(ranges.Aggregate(ByteSize.Zero, (sum, part) => sum + part.Range.Size) / ByteSize.Page);
        foreach ((int index, AddressRange range) in ranges)
        {
            Errno error = await AddRangeAsync(dax, nodeId, index, range, group, added);
            if (error != Errno.Ok && added.Count == 0)
            {
                return error;
            }
        }

        _added[dax] = added;
        return Errno.Ok;
    }

    /// <summary>Whole memory blocks only; heads and tails belong to nobody (K-03).</summary>
    private List<(int Index, AddressRange Range)> AlignedRanges(DevDax dax)
    {
        ulong block = kernel.Memory.BlockSize.Bytes;
        BlockLoss loss = new(kernel.Memory.BlockSize, (dax.Region.Parent as CxlDaxRegion)?.Region.Root, kernel.Findings);
        List<(int Index, AddressRange Range)> aligned = [];
        for (int i = 0; i < dax.Ranges.Count; i++)
        {
            AddressRange range = dax.Ranges[i];
            loss.Report(range);
            ulong start = (range.Start.Value + block - 1) / block * block;
            ulong end = (range.Last.Value + 1) / block * block;
            if (start < end)
            {
                aligned.Add((i, AddressRange.FromBounds(new Hpa(start), new Hpa(end - 1))));
            }
            else
            {
                kernel.Log.Info(dax, $"mapping{i}: {range} too small after alignment");
            }
        }

        return aligned;
    }

    private async SimTask<Errno> AddRangeAsync(DevDax dax, int nodeId, int index, AddressRange range, MemoryGroup group, List<Resource> added)
    {
        if (kernel.Iomem.RequestRegion(range, dax.Name) is not { } resource)
        {
            kernel.Log.Warning(dax, $"mapping{index}: {range} could not reserve region");
            Resource? taken = kernel.Iomem.FindOverlap(range, ResourceFlags.SystemRam);
            return dax.Refuse(
                RefusalRules.DaxRange, Errno.EBUSY, $"{range} could not be reserved", new NearestChange("reboot: memory that could not be removed keeps its addresses"), ("range", range.ToString()), ("taken by", taken?.Name ?? "another resource"));
        }

        resource.Flags = ResourceFlags.SystemRam; // not busy: the memory itself goes below
        Errno error = await kernel.Memory.AddDriverManagedAsync(nodeId, range, ResourceName, dax.MemmapOnMemory, group);
        if (error != Errno.Ok)
        {
            kernel.Log.Warning(dax, $"mapping{index}: {range} memory add failed");
            kernel.Findings.Report(KernelRules.KmemAdd, new AddressPlace(range), $"{range} of {dax.Name} that cannot be added ({error})");
            ResourceTree.Release(resource);
            return dax.Refuse(KernelRules.KmemAdd, error, $"{range} cannot be added", null, ("range", range.ToString()), ("node", nodeId));
        }

        added.Add(resource);
        return Errno.Ok;
    }
}
