using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Firmware;

/// <summary>Gives every BAR and every bridge window an address within what the root bridge forwards, and switches memory decoding on.</summary>
/// <remarks>The order is EDK2's, so that a machine described after a QEMU recording gets the recorded addresses: largest alignment first,
/// among equals the last device first; 64-bit BARs of the root bus go high where there is a high range.</remarks>
public sealed class AddressAllocator(IHostBus bus)
{
    /// <summary>Below 1 MiB a root bridge forwards the legacy VGA range only, and no BAR belongs there.</summary>
    private static readonly Hpa FirstMmio = new(0x10_0000);

    /// <summary>What EDK2 keeps free below a port that takes hot-plugged devices.</summary>
    private static readonly ByteSize HotplugMemory = ByteSize.MiB(2);
    private static readonly ByteSize HotplugPrefetch = ByteSize.MiB(512);

    private static readonly ByteSize WindowUnit = new(PciConfig.BridgeWindowUnit);

    /// <param name="functions">The functions of the root bus.</param>
    /// <param name="ranges">What the root bridge forwards.</param>
    /// <param name="allowsHotplug">Root ports that keep space for more.</param>
    /// <remarks>What finds no room stays without an address, and software sees it so.</remarks>
    public void Assign(List<FoundFunction> functions, IReadOnlyList<AddressRange> ranges, Func<FoundFunction, bool> allowsHotplug)
    {
        List<FreeRange> low = [.. ranges.Where(range => range.Start >= FirstMmio && range.Last.Value <= uint.MaxValue).Select(range => new FreeRange(range))];
        List<FreeRange> high = [.. ranges.Where(range => range.Start.Value > uint.MaxValue).Select(range => new FreeRange(range))];
        CloseWindows(functions);
        List<Need> needs = [.. Enumerable.Reverse(functions).SelectMany(function => NeedsOf(function, allowsHotplug(function), high.Count > 0))];
        foreach (Need need in needs.OrderByDescending(need => need.Alignment.Bytes))
        {
            TryPlace(need, need.GoesHigh ? high : low);
        }

        foreach (FoundFunction function in functions)
        {
            EnableMemory(function);
        }
    }

    private IEnumerable<Need> NeedsOf(FoundFunction function, bool hotplug, bool hasHigh)
    {
        foreach (FoundBar bar in function.Bars)
        {
            yield return new Need(bar.Size, bar.Size, bar.Is64Bit && hasHigh, address => WriteBar(function, bar, address));
        }

        if (!function.IsBridge)
        {
            yield break;
        }

        List<Need> content = ContentOf(function);
        ByteSize memory = SizeOf(content);
        ByteSize alignment = content.Count == 0 ? WindowUnit : new ByteSize(Math.Max(WindowUnit.Bytes, content[0].Alignment.Bytes));
        if (hotplug && memory < HotplugMemory)
        {
            memory = HotplugMemory;
            alignment = HotplugMemory;
        }

        if (!memory.IsZero)
        {
            yield return new Need(memory, alignment, false, start => OpenMemoryWindow(function, AddressRange.Of(start, memory), content));
        }

        if (hotplug && hasHigh)
        {
            yield return new Need(
                HotplugPrefetch, HotplugPrefetch, true, start => OpenPrefetchWindow(function, AddressRange.Of(start, HotplugPrefetch)));
        }
    }

    /// <summary>What wants addresses below a bridge, in the order in which it is placed.</summary>
    private List<Need> ContentOf(FoundFunction bridge) =>
        [.. bridge.Children.SelectMany(child => NeedsOf(child, hotplug: false, hasHigh: false)).OrderByDescending(need => need.Alignment.Bytes)];

    /// <summary>What the content takes when it is placed piece by piece, holes included: a window below is no power of two.</summary>
    private static ByteSize SizeOf(List<Need> content)
    {
        ulong end = 0;
        foreach (Need need in content)
        {
            end = RoundUp(end, need.Alignment) + need.Size.Bytes;
        }

        return new ByteSize(RoundUp(end, WindowUnit));
    }

    private static ulong RoundUp(ulong value, ByteSize unit) => (value + unit.Bytes - 1) / unit.Bytes * unit.Bytes;

    private static bool TryPlace(Need need, List<FreeRange> ranges)
    {
        foreach (FreeRange range in ranges)
        {
            if (range.TryTake(need.Size, need.Alignment, out Hpa address))
            {
                need.Apply(address);
                return true;
            }
        }

        return false;
    }

    /// <summary>Zeros would forward the first megabyte: a window is closed by a base above its limit (PCI Express Base 6.0 7.5.1.3.8).</summary>
    private void CloseWindows(List<FoundFunction> functions)
    {
        foreach (FoundFunction bridge in functions.Where(function => function.IsBridge))
        {
            bus.WriteConfig(bridge.Address, PciConfig.MemoryBase, 2, 0xfff0);
            bus.WriteConfig(bridge.Address, PciConfig.MemoryLimit, 2, 0);
            bus.WriteConfig(bridge.Address, PciConfig.PrefetchBase, 2, 0xfff0);
            bus.WriteConfig(bridge.Address, PciConfig.PrefetchLimit, 2, 0);
            CloseWindows(bridge.Children);
        }
    }

    private void OpenMemoryWindow(FoundFunction bridge, AddressRange range, List<Need> content)
    {
        bus.WriteConfig(bridge.Address, PciConfig.MemoryBase, 2, Bits.Low32(range.Start.Value >> 16));
        bus.WriteConfig(bridge.Address, PciConfig.MemoryLimit, 2, Bits.Low32(range.Last.Value >> 16));
        List<FreeRange> inside = [new FreeRange(range)];
        foreach (Need need in content)
        {
            Check.That(TryPlace(need, inside), "a bridge window large enough for what lies below it");
        }
    }

    private void OpenPrefetchWindow(FoundFunction bridge, AddressRange range)
    {
        bus.WriteConfig(bridge.Address, PciConfig.PrefetchBase, 2, Bits.Low32(range.Start.Value >> 16) & 0xfff0);
        bus.WriteConfig(bridge.Address, PciConfig.PrefetchLimit, 2, Bits.Low32(range.Last.Value >> 16) & 0xfff0);
        bus.WriteConfig(bridge.Address, PciConfig.PrefetchBaseUpper, 4, Bits.High32(range.Start.Value));
        bus.WriteConfig(bridge.Address, PciConfig.PrefetchLimitUpper, 4, Bits.High32(range.Last.Value));
    }

    private void WriteBar(FoundFunction function, FoundBar bar, Hpa address)
    {
        bar.Address = address;
        int offset = PciConfig.Bar0 + (4 * bar.Index);
        bus.WriteConfig(function.Address, offset, 4, Bits.Low32(address.Value));
        if (bar.Is64Bit)
        {
            bus.WriteConfig(function.Address, offset + 4, 4, Bits.High32(address.Value));
        }
    }

    private void EnableMemory(FoundFunction function)
    {
        bus.WriteConfig(function.Address, PciConfig.Command, 2, PciConfig.CommandMemory | PciConfig.CommandBusMaster);
        foreach (FoundFunction child in function.Children)
        {
            EnableMemory(child);
        }
    }

    /// <summary>Something that wants addresses, and what to do with them.</summary>
    private sealed record Need(ByteSize Size, ByteSize Alignment, bool GoesHigh, Action<Hpa> Apply);

    /// <summary>What is left of a range; taken from the front.</summary>
    private sealed class FreeRange(AddressRange range)
    {
        private ulong _next = range.Start.Value;

        public bool TryTake(ByteSize size, ByteSize alignment, out Hpa address)
        {
            ulong start = RoundUp(_next, alignment);
            address = new Hpa(start);
            if (!AddressRange.TryCreate(address, size, out AddressRange taken) || !range.Contains(taken))
            {
                return false;
            }

            _next = taken.Last.Value + 1;
            return true;
        }
    }
}
