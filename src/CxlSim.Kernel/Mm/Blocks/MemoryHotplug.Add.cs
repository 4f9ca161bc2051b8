using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>Adding memory that a driver owns, and taking it away again.</content>
public sealed partial class MemoryHotplug
{
    /// <summary>Adds blocks for a range, and onlines them where that is asked for (<c>add_memory_driver_managed</c>).</summary>
    /// <param name="nodeId">The node that the memory joins; it must be possible.</param>
    /// <param name="range">Whole blocks, or EINVAL.</param>
    /// <param name="resourceName"><c>System RAM (kmem)</c>; appears below the driver's own resource.</param>
    /// <param name="memmapOnMemory">Whether the range holds its own struct pages, where the kernel was booted to allow that.</param>
    /// <param name="group">What belongs together for the online policy.</param>
    /// <param name="online">What becomes of the blocks.</param>
    public async SimTask<Errno> AddDriverManagedAsync(int nodeId, AddressRange range, string resourceName, bool memmapOnMemory, MemoryGroup group, OnlineType online)
    {
        using FrameScope frame = _core.Simulation.Enter("add_memory_driver_managed", range.ToString());
        if (!resourceName.StartsWith("System RAM (", StringComparison.Ordinal) || !resourceName.EndsWith(')'))
        {
            return Errno.EINVAL;
        }

        return await AddAsync(nodeId, range, resourceName, ResourceFlags.Busy | ResourceFlags.SystemRam | ResourceFlags.DriverManaged, memmapOnMemory, group, online);
    }

    /// <summary>A block at an address that somebody knows to be RAM, as the file <c>probe</c> has it in a kernel that is built with it: nobody owns it (<c>probe_store</c>).</summary>
    /// <returns>EINVAL where no block begins there, EEXIST where something is.</returns>
    public async SimTask<Errno> ProbeAsync(Hpa address)
    {
        if (!address.IsAligned(BlockSize))
        {
            return Refuse(RefusalRules.ProbeAddress, Errno.EINVAL, "probe", $"{address} is no multiple of {BlockSize}", null, ("address", address.ToString()), ("block size", BlockSize.ToString()));
        }

        AddressRange range = AddressRange.Of(address, BlockSize);
        Errno error = await AddAsync(Numa.HotAddNode(address), range, "System RAM", ResourceFlags.Busy | ResourceFlags.SystemRam, memmapOnMemory: false, null, DefaultOnline);
        return error == Errno.EEXIST ? Refuse(RefusalRules.ProbeTaken, error, "probe", $"{range} is taken") : error;
    }

    /// <summary>Whether a range ends where memory can be; if not, it is said (<c>mhp_range_allowed</c>).</summary>
    public bool IsAllowed(AddressRange range)
    {
        if (range.Last <= _core.AddressSizes.LastMapped)
        {
            return true;
        }

        _core.Log.Warning($"Hotplug memory [{range.Start}-0x{unchecked(range.Last.Value + 1):x}] exceeds maximum addressable range [0x0-{_core.AddressSizes.LastMapped}]");
        return false;
    }

    private async SimTask<Errno> AddAsync(int nodeId, AddressRange range, string resourceName, ResourceFlags flags, bool memmapOnMemory, MemoryGroup? group, OnlineType online)
    {
        using SimMutex.Holder holder = await _hotplugLock.LockAsync();
        if (!IsAllowed(range))
        {
            return Errno.E2BIG;
        }

        if (_core.Iomem.RequestRegion(range, resourceName, flags) is not { } resource)
        {
            return Errno.EEXIST;
        }

        Errno error = await AddBlocksAsync(nodeId, range, memmapOnMemory && MemmapOnMemory, group);
        if (error != Errno.Ok)
        {
            ResourceTree.Release(resource);
            return error;
        }

        if (online != OnlineType.Offline)
        {
            foreach (MemoryBlock block in BlocksIn(range).ToArray())
            {
                if (await OnlineAsync(block, online) != Errno.Ok)
                {
                    break; // the rest stays offline; the memory was added all the same
                }
            }
        }

        return Errno.Ok;
    }

    /// <summary>Takes blocks away; all of them must be offline (<c>remove_memory</c>).</summary>
    public async SimTask<Errno> RemoveAsync(AddressRange range)
    {
        using FrameScope frame = _core.Simulation.Enter("remove_memory", range.ToString());
        using SimMutex.Holder holder = await _hotplugLock.LockAsync();
        MemoryBlock[] blocks = [.. BlocksIn(range)];
        if (Array.Find(blocks, block => block.State != MemoryBlockState.Offline) is { } online)
        {
            AddressRange first = online.Range;
            _core.Log.Warning($"removing memory fails, because memory [0x{first.Start.Value:x16}-0x{first.Last.Value:x16}] is onlined");
            return Errno.EBUSY;
        }

        _memmaps.Free(range);
        foreach (MemoryBlock block in blocks)
        {
            block.Node.Unlink(block.Name);
            _blocks.Remove(block.Id);
            Failures.Forget(block);
            await _memoryBus.RemoveAsync(block);
        }

        if (_core.Iomem.FindOverlap(range, ResourceFlags.DriverManaged) is { } resource)
        {
            ResourceTree.Release(resource);
        }

        foreach (NumaNode node in blocks.Select(block => block.Node).Distinct())
        {
            await TryOfflineAsync(node);
        }

        return Errno.Ok;
    }

    private async SimTask<Errno> AddBlocksAsync(int nodeId, AddressRange range, bool memmapOnMemory, MemoryGroup? group)
    {
        if (!range.Start.IsAligned(BlockSize) || !range.Size.IsMultipleOf(BlockSize))
        {
            _core.Log.Error($"Block size [0x{BlockSize.Bytes:x}] unaligned hotplug range: start 0x{range.Start.Value:x}, size 0x{range.Size.Bytes:x}");
            return Errno.EINVAL;
        }

        if (!Numa.IsPossible(nodeId))
        {
            _core.Log.Warning($"node {nodeId} was absent from the node_possible_map");
            return Errno.EINVAL;
        }

        NumaNode node = Numa.Node(nodeId);
        for (Hpa address = range.Start; address < range.Last; address += BlockSize)
        {
            if (_blocks.ContainsKey(address.Value / BlockSize.Bytes))
            {
                return Errno.EEXIST;
            }
        }

        if (!node.IsOnline)
        {
            Zonelists.BuildFor(node);
        }

        NearestChange own = new("boot with memory_hotplug.memmap_on_memory=Y: the memory holds its own");
        if (!memmapOnMemory && _memmaps.Allocate(nodeId, range, range.Size / ByteSize.Page / StructPages.PerPage, own) is var noRoom and not Errno.Ok)
        {
            return noRoom;
        }

        if (!node.IsOnline)
        {
            node.IsOnline = true;
            await _nodeBus.AddAsync(node, NodeDirectory);
            _hugePages.Register(node);
        }

        for (Hpa address = range.Start; address < range.Last; address += BlockSize)
        {
            await _core.Simulation.Delay(_core.Timing.MemoryBlockAdd);
            await RegisterBlockAsync(new MemoryBlock(this, address.Value / BlockSize.Bytes, node, isBootMemory: false)
            {
                Group = group,
                MemmapPages = memmapOnMemory ? BlockSize / ByteSize.Page / StructPages.PerPage : 0,
            });
        }

        return Errno.Ok;
    }

    /// <summary>A node that has lost its last block, and has no CPUs, is no longer there (<c>try_offline_node</c>).</summary>
    private async SimTask TryOfflineAsync(NumaNode node)
    {
        if (node.Cpus.Count == 0 && !node.HasMemory && !_blocks.Values.Any(block => block.Node == node))
        {
            node.ClearAccess();
            await _nodeBus.RemoveAsync(node);
            node.IsOnline = false;
        }
    }
}
