using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>Which addresses below 4 GiB each root bridge forwards, where the description leaves it to firmware.</summary>
public static class MmioPlan
{
    /// <summary>Memory-mapped configuration space: a q35 board has it there.</summary>
    public static readonly AddressRange Ecam = AddressRange.Of(new Hpa(0xe000_0000), ByteSize.MiB(256));

    private static readonly ByteSize Unit = ByteSize.MiB(1);

    /// <summary>Bridges in order share the room between low memory and the configuration space evenly.</summary>
    public static IReadOnlyList<IReadOnlyList<AddressRange>> Of(PlatformDescription platform)
    {
        IReadOnlyList<HostBridgeDescription> bridges = platform.HostBridges;
        ulong bottom = LowMemoryEnd(platform);
        ulong share = bridges.Count == 0 ? 0 : (Ecam.Start.Value - bottom) / (ulong)bridges.Count / Unit.Bytes * Unit.Bytes;
        List<IReadOnlyList<AddressRange>> plan = [];
        for (int i = 0; i < bridges.Count; i++)
        {
            bool stated = bridges[i].Mmio.Count > 0;
            plan.Add(stated || share == 0 ? bridges[i].Mmio : [AddressRange.Of(new Hpa(bottom + (share * (ulong)i)), new ByteSize(share))]);
        }

        return plan;
    }

    private static ulong LowMemoryEnd(PlatformDescription platform)
    {
        ulong end = 0;
        foreach (AddressRange range in platform.Memory.Nodes.SelectMany(node => node.Ranges).Where(range => range.Last < Ecam.Start))
        {
            end = Math.Max(end, range.Last.Value + 1);
        }

        return end;
    }
}
