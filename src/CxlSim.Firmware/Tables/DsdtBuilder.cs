using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>The namespace: one device per root bridge, in the order of the description, and the CXL root (ACPI 6.5 5.2.11.1, CXL r3.1 9.14).</summary>
public static class DsdtBuilder
{
    private const byte Revision = 2;

    public static BuiltTable Build(PlatformDescription platform, IReadOnlyList<IReadOnlyList<AddressRange>> mmio)
    {
        AcpiTable table = new("DSDT", Revision, platform);
        int contentLength = 0;
        List<(int Start, int Length, HostBridgeDescription Bridge)> bridges = [];
        AmlWriter aml = new();
        aml.Scope("\\_SB_", scope =>
        {
            for (int i = 0; i < platform.HostBridges.Count; i++)
            {
                int start = scope.Length;
                AppendBridge(scope, platform.HostBridges[i], i, mmio[i]);
                bridges.Add((start, scope.Length - start, platform.HostBridges[i]));
            }

            if (platform.HostBridges.Any(bridge => bridge.Cxl is not null))
            {
                scope.Device("CXLM", root =>
                {
                    root.Name("_HID", AcpiIds.CxlRoot);

                    // QoS throttling groups (CXL r3.1 9.17.3.1), the same for every speed.
                    QtgDescription groups = platform.Firmware.Qtg;
                    root.Method("_DSM", 4, groups.Max, [.. groups.Ids.Select(id => (ulong)id)]);
                });
            }

            // Bytes of the scope before its content: they are counted once it is complete.
            contentLength = scope.Length;
        });
        table.Body.Bytes(aml.ToArray());
        int head = table.Body.Length - contentLength;
        foreach ((int start, int length, HostBridgeDescription bridge) in bridges)
        {
            table.NoteRecord(head + start, length, bridge, null);
        }

        return table.Finish();
    }

    private static void AppendBridge(AmlWriter scope, HostBridgeDescription bridge, int index, IReadOnlyList<AddressRange> mmio)
    {
        bool isCxl = bridge.Cxl is not null;
        scope.Device(NameOf(isCxl, index), device =>
        {
            if (isCxl)
            {
                device.Name("_HID", AcpiIds.CxlHostBridge);
                device.Name("_CID", [AcpiIds.ToEisaId(AcpiIds.PcieHostBridge), AcpiIds.ToEisaId(AcpiIds.PciHostBridge)]);
            }
            else
            {
                device.Name("_HID", AcpiIds.ToEisaId(AcpiIds.PcieHostBridge));
                device.Name("_CID", AcpiIds.ToEisaId(AcpiIds.PciHostBridge));
            }

            device.Name("_UID", bridge.Uid);
            device.Name("_BBN", bridge.Bus);
            device.Name("_SEG", bridge.Segment);
            if (bridge.ProximityDomain is { } domain)
            {
                device.Name("_PXM", domain);
            }

            device.Name("_CRS", Resources(bridge, mmio));
            if (bridge.Cxl is { } cxl)
            {
                AppendCxl(device, cxl);
            }
        });
    }

    /// <summary>Three digits of base 36 are more than a platform file has room for bridges.</summary>
    private static string NameOf(bool isCxl, int index) => $"{(isCxl ? 'C' : 'P')}{Digit(index / 1296)}{Digit(index / 36)}{Digit(index)}";

    private static char Digit(int value) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % 36];

    private static void AppendCxl(AmlWriter device, CxlHostBridgeDescription cxl)
    {
        if (cxl.Cbr is { } registers)
        {
            device.Name("_CBR", registers);
        }

        OscDescription osc = cxl.Osc;
        device.Method("_OSC", 4, new ByteWriter().U32(osc.Status).U32(osc.Support).U32(osc.Control).U32(osc.CxlSupport).U32(osc.CxlControl).ToArray());
    }

    /// <summary>The bus numbers and address ranges that the bridge forwards.</summary>
    private static byte[] Resources(HostBridgeDescription bridge, IReadOnlyList<AddressRange> mmio)
    {
        ByteWriter crs = new();
        crs.U8(ResourceDescriptor.Word).U16(13).U8(ResourceDescriptor.TypeBus).U8(ResourceDescriptor.FixedProducer).U8(0)
            .U16(0).U16(bridge.Bus).U16(bridge.LastBus).U16(0).U16((ushort)(bridge.LastBus - bridge.Bus + 1));
        foreach (AddressRange range in mmio)
        {
            if (range.Last.Value <= uint.MaxValue)
            {
                crs.U8(ResourceDescriptor.Dword).U16(23);
                Head(crs).U32(0).U32((uint)range.Start.Value).U32((uint)range.Last.Value).U32(0).U32((uint)range.Size.Bytes);
            }
            else
            {
                crs.U8(ResourceDescriptor.Qword).U16(43);
                Head(crs).U64(0).U64(range.Start.Value).U64(range.Last.Value).U64(0).U64(range.Size.Bytes);
            }
        }

        return crs.U8(ResourceDescriptor.EndTag).U8(0).ToArray();
    }

    private static ByteWriter Head(ByteWriter crs) =>
        crs.U8(ResourceDescriptor.TypeMemory).U8(ResourceDescriptor.FixedProducer).U8(ResourceDescriptor.MemoryReadWrite);
}
