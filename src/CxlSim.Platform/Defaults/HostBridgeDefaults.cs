using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Defaults;

/// <summary>Fills in what a host bridge leaves out and what depends on DRAM or on the other bridges.</summary>
internal static class HostBridgeDefaults
{
    /// <summary>Blocks of component registers start at a round address, so that windows can follow at one.</summary>
    private const ulong BlockAlignment = 256UL << 20;

    public static IReadOnlyList<HostBridgeDescription> Fill(ReadContext context, MemoryDescription memory, IReadOnlyList<HostBridgeDescription> bridges)
    {
        ILookup<ushort, byte> buses = bridges.Where(b => context.IsSound(b, "bus")).OrderBy(b => b.Bus).ToLookup(b => b.Segment, b => b.Bus);
        ulong nextBlock = AddressSpace.AlignUp(Topology.EndOfDram(memory), BlockAlignment);
        List<HostBridgeDescription> filled = [];
        foreach (HostBridgeDescription bridge in bridges)
        {
            CxlHostBridgeDescription? cxl = bridge.Cxl;
            if (cxl?.Restricted is { } restricted)
            {
                if (!context.Says(bridge, "rcrb"))
                {
                    cxl = cxl with { Restricted = restricted with { Rcrb = new Hpa(nextBlock) } };
                    nextBlock = AddressSpace.Add(nextBlock, RestrictedHostDescription.Room.Bytes);
                }
            }
            else if (cxl is not null && !context.Says(bridge, "component_registers"))
            {
                cxl = cxl with { ComponentRegisters = new Hpa(nextBlock) };
                nextBlock = AddressSpace.Add(nextBlock, AddressSpace.ComponentRegisters.Bytes);
            }

            filled.Add(context.Replace(bridge, bridge with
            {
                Cxl = cxl,
                LastBus = context.Says(bridge, "last_bus") ? bridge.LastBus : LastBus(bridge, buses[bridge.Segment]),
                Functions = [.. bridge.Functions, .. StubFunctions(bridge)],
            }));
        }

        return filled;
    }

    /// <summary>As many buses as are needed, up to the next bridge's first; what does not fit is reported as too few.</summary>
    private static byte LastBus(HostBridgeDescription bridge, IEnumerable<byte> buses)
    {
        int limit = buses.Where(b => b > bridge.Bus).Select(b => b - 1).Append(byte.MaxValue).First();
        return (byte)Math.Min(bridge.Bus + Topology.BusesBelow(bridge), limit);
    }

    /// <summary>Software does not look for functions of a device that has no function 0 (PCI Express Base 6.0 7.5.1.1.9).</summary>
    private static IEnumerable<PciFunctionDescription> StubFunctions(HostBridgeDescription bridge)
    {
        IReadOnlyList<PciSlot> slots =
        [
            .. bridge.RootPorts.Select(p => new PciSlot(p.Device, p.Function)),
            .. bridge.Cxl?.Restricted is null ? Array.Empty<PciSlot>() : [default],
            .. bridge.Functions.Select(f => new PciSlot(f.Device, f.Function)),
        ];
        return slots.GroupBy(s => s.Device).Where(g => g.All(s => s.Function != 0)).OrderBy(g => g.Key).Select(g => Stub(g.Key));
    }

    /// <summary>Ice Lake's memory map and VT-d function: a system peripheral without BARs that no driver binds to.</summary>
    private static PciFunctionDescription Stub(byte device) => new()
    {
        Device = device,
        Function = 0,
        VendorId = 0x8086,
        DeviceId = 0x09a2,
        ClassCode = 0x08_8000,
        Bars = [],
    };
}
