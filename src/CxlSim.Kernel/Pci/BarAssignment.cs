using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Gives BARs without an address one in the windows of the bridge above, the largest first (<c>drivers/pci/setup-bus.c</c>).</summary>
/// <param name="log">Tells where they went.</param>
/// <param name="windows">The bridge's: memory, then prefetchable memory.</param>
internal sealed class BarAssignment(KernelLog log, IReadOnlyList<AddressRange> windows)
{
    private readonly List<AddressRange> _taken = [];

    public void Assign(IReadOnlyList<PciDevice> devices)
    {
        _taken.AddRange(devices.SelectMany(device => device.Resources).Select(resource => resource.Range));
        IEnumerable<(PciDevice Device, int Index, ulong Size, bool IsWide, bool IsPrefetchable)> bars = devices.SelectMany(device => device.Unassigned.Select(index => Examine(device, index)));
        foreach ((PciDevice device, int index, ulong size, bool isWide, bool isPrefetchable) in bars.OrderByDescending(bar => bar.Size).ToArray())
        {
            if (Find(size) is not { } range)
            {
                log.Warning($"pci {device.Name}: BAR {index}: no room for 0x{size:x} bytes");
                continue;
            }

            _taken.Add(range);
            device.WriteConfig(PciConfig.Bar0 + (4 * index), 4, Bits.Low32(range.Start.Value));
            if (isWide)
            {
                device.WriteConfig(PciConfig.Bar0 + (4 * index) + 4, 4, Bits.High32(range.Start.Value));
            }

            device.Unassigned.Remove(index);
            device.Resources.Add(new PciResource(index, range, isWide, isPrefetchable));
            log.Info($"pci {device.Name}: BAR {index} [mem 0x{range.Start.Value:x8}-0x{range.Last.Value:x8}{(isWide ? " 64bit" : string.Empty)}{(isPrefetchable ? " pref" : string.Empty)}]: assigned");
        }
    }

    private static (PciDevice Device, int Index, ulong Size, bool IsWide, bool IsPrefetchable) Examine(PciDevice device, int index)
    {
        int offset = PciConfig.Bar0 + (4 * index);
        (uint low, uint mask) = device.ProbeConfig(offset);
        bool isWide = (low & PciConfig.Bar64Bit) != 0;
        uint high = isWide ? device.ProbeConfig(offset + 4).Mask : uint.MaxValue;
        return (device, index, unchecked(~((mask & PciConfig.BarMemoryMask) | ((ulong)high << 32)) + 1), isWide, (low & PciConfig.BarPrefetchable) != 0);
    }

    /// <summary>The lowest place of a window that nothing has taken.</summary>
    private AddressRange? Find(ulong size)
    {
        foreach (AddressRange window in windows)
        {
            ulong start = (window.Start.Value + size - 1) / size * size;
            while (start + size - 1 <= window.Last.Value)
            {
                AddressRange candidate = AddressRange.Of(new Hpa(start), new ByteSize(size));
                AddressRange? other = _taken.Where(taken => taken.Start <= candidate.Last && candidate.Start <= taken.Last).Cast<AddressRange?>().FirstOrDefault();
                if (other is null)
                {
                    return candidate;
                }

                start = (other.Value.Last.Value + size) / size * size;
            }
        }

        return null;
    }
}
