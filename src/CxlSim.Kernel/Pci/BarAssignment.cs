using CxlSim.Core;

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
        IEnumerable<(PciDevice Device, PciBar Bar)> bars = devices.SelectMany(device => device.Unassigned.Select(bar => (device, bar)));
        foreach ((PciDevice device, PciBar bar) in bars.OrderByDescending(pair => pair.Bar.Size).ToArray())
        {
            if (Find(bar.Size) is not { } range)
            {
                log.Warning($"pci {device.Name}: BAR {bar.Index}: no room for 0x{bar.Size:x} bytes");
                continue;
            }

            PciResource resource = new(bar, range);
            _taken.Add(range);
            device.WriteBar(bar, range.Start);
            device.Unassigned.Remove(bar);
            device.Resources.Add(resource);
            log.Info($"pci {device.Name}: {resource}: assigned");
        }
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
