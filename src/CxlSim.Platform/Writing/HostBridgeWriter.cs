using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>host_bridges:</c>, down to the devices.</summary>
internal static class HostBridgeWriter
{
    public static void Write(YamlText text, IReadOnlyList<HostBridgeDescription> bridges, PlatformComments? comments)
    {
        foreach (HostBridgeDescription bridge in bridges)
        {
            text.Comment(comments?.For(bridge));
            string first = bridge.Cxl is null ? "- kind: pcie" : $"- uid: {ScalarText.Of(bridge.Uid)}";
            text.Block(first, () => Bridge(text, bridge));
        }
    }

    private static void Bridge(YamlText text, HostBridgeDescription bridge)
    {
        text.Entry("uid", bridge.Cxl is null ? ScalarText.Of(bridge.Uid) : null);
        text.Entry("bus", ScalarText.Hex(bridge.Bus, 2));
        text.Entry("last_bus", ScalarText.Hex(bridge.LastBus, 2));
        if (bridge.Cxl is { } cxl)
        {
            Registers(text, cxl);
            text.Entry("chbs", Chbs(cxl.Chbs));
            text.Entry("osc", cxl.Osc == OscDescription.Default ? null : Osc(cxl.Osc));
            text.Entry("cbr", cxl.Cbr is { } numbers ? ScalarText.List(numbers.Select(number => ScalarText.Hex(number))) : null);
        }

        text.Entry("segment", bridge.Segment == 0 ? null : ScalarText.Of(bridge.Segment));
        text.Entry("pxm", bridge.ProximityDomain is { } domain ? ScalarText.Of(domain) : null);

        text.Entry("mmio", bridge.Mmio.Count > 0 ? ScalarText.List(bridge.Mmio.Select(ScalarText.Of)) : null);
        if (bridge.RootPorts.Count > 0)
        {
            text.Block("root_ports:", () =>
            {
                for (int index = 0; index < bridge.RootPorts.Count; index++)
                {
                    RootPort(text, bridge.RootPorts[index], index);
                }
            });
        }

        text.List("functions", bridge.Functions.Select(Function));
    }

    private static void Registers(YamlText text, CxlHostBridgeDescription cxl)
    {
        if (cxl.Restricted is { } restricted)
        {
            text.Entry("cxl", "1.1");
            text.Entry("rcrb", restricted.Rcrb.ToString());
            text.Entry("type3", Type3(restricted.Device));
        }
        else
        {
            text.Entry("component_registers", cxl.ComponentRegisters.ToString());
            text.Entry("hdm_decoders", ScalarText.Of((ulong)cxl.HdmDecoders));
            text.Entry("interleave", Interleave(cxl.Interleave));
        }
    }

    private static string? Chbs(ChbsDescription? chbs) => chbs is null ? null : !chbs.IsWritten ? "none" : new FlowMapping()
        .Number("uid", chbs.Uid)
        .Number("version", chbs.Version)
        .Hex("base", chbs.Base)
        .Add("length", chbs.Length is { } bytes ? ScalarText.Of(new ByteSize(bytes)) : null)
        .ToString();

    private static string Osc(OscDescription osc) => new FlowMapping()
        .Hex("status", osc.Status)
        .Hex("support", osc.Support)
        .Hex("control", osc.Control)
        .Hex("cxl_support", osc.CxlSupport)
        .Hex("cxl_control", osc.CxlControl)
        .ToString();

    private static void RootPort(YamlText text, RootPortDescription port, int index)
    {
        string at = ScalarText.Slot(port.Device, port.Function);
        FlowMapping mapping = new FlowMapping()
            .Add("at", at)
            .Add("port", ScalarText.Of(port.PortNumber))
            .Add("hotplug", "true", port.Hotplug)
            .Add("slot", ScalarText.Of(port.Slot), port.Slot != (ushort)index);
        if (port.Child is SwitchDescription node)
        {
            text.Block($"- at: {at}", () =>
            {
                text.Entry("port", ScalarText.Of(port.PortNumber));
                text.Entry("hotplug", port.Hotplug ? "true" : null);
                text.Entry("slot", port.Slot != (ushort)index ? ScalarText.Of(port.Slot) : null);
                Switch(text, node);
            });
        }
        else
        {
            text.Line("- " + mapping.Add("type3", (port.Child as Type3Description) is { } device ? Type3(device) : null));
        }
    }

    private static void Switch(YamlText text, SwitchDescription node) => text.Block("switch:", () =>
    {
        text.Entry("hdm_decoders", node.HdmDecoders == HdmDecoderCount.Default ? null : ScalarText.Of((ulong)node.HdmDecoders));
        text.Entry("interleave", Interleave(node.Interleave));
        text.Entry("path", PathWriter.Switch(node.Path));
        text.Entry("cdat", node.Cdat == SwitchCdatDescription.Default ? null : CdatWriter.Write(node.Cdat));
        if (node.Ports.Count == 0)
        {
            text.Entry("ports", "[]");
            return;
        }

        text.Block("ports:", () =>
        {
            foreach (DownstreamPortDescription port in node.Ports)
            {
                if (port.Child is SwitchDescription below)
                {
                    text.Block($"- port: {ScalarText.Of(port.PortNumber)}", () => Switch(text, below));
                }
                else
                {
                    text.Line("- " + new FlowMapping().Add("port", ScalarText.Of(port.PortNumber)).Add("type3", port.Child is Type3Description device ? Type3(device) : null));
                }
            }
        });
    });

    private static string Type3(Type3Description device) => new FlowMapping()
        .Add("id", ScalarText.Of(device.Id))
        .Add("volatile", ScalarText.Of(device.Volatile), !device.Volatile.IsZero)
        .Add("persistent", ScalarText.Of(device.Persistent), !device.Persistent.IsZero)
        .Add("label_storage", ScalarText.Of(device.LabelStorage), !device.LabelStorage.IsZero || !device.Persistent.IsZero)
        .Add("serial", ScalarText.Hex(device.Serial))
        .Add("hdm_decoders", ScalarText.Of((ulong)device.HdmDecoders), device.HdmDecoders != HdmDecoderCount.Default)
        .Add("interleave", Interleave(device.Interleave))
        .Add("mailbox_payload", ScalarText.Of(device.MailboxPayload), device.MailboxPayload != Type3Reader.DefaultPayload)
        .Add("firmware_version", ScalarText.Quoted(device.FirmwareVersion), device.FirmwareVersion != Type3Reader.DefaultFirmwareVersion)
        .Add("partition_alignment", ScalarText.Of(device.PartitionAlignment), !device.PartitionAlignment.IsZero)
        .Number("firmware_slots", (ulong)device.FirmwareSlots, Type3Reader.DefaultFirmwareSlots)
        .Add("sanitize_time", device.SanitizeNs is { } time ? ScalarText.Nanoseconds(time) : null)
        .Add("health", DeviceStateWriter.Write(device.Health))
        .Add("security", DeviceStateWriter.Write(device.Security))
        .Add("cdat", device.Cdat == Type3Reader.DefaultCdat ? null : CdatWriter.Write(device.Cdat))
        .Add("path", PathWriter.Device(device.Path))
        .Add("report_internal_errors", "true", device.ReportsInternalErrors)
        .Add("faults", ScalarText.List(DeviceFlagsReader.WordsOf(device.Faults)), device.Faults != DeviceFaults.None)
        .Add("dvsecs", ScalarText.List(DeviceFlagsReader.WordsOf(device.Dvsecs)), device.Dvsecs != ExtraDvsecs.None)
        .ToString();

    private static string? Interleave(InterleaveCapabilities capabilities) =>
        capabilities == InterleaveCapabilities.All ? null : ScalarText.List(InterleaveReader.WordsOf(capabilities));

    private static string Function(PciFunctionDescription function) => new FlowMapping()
        .Add("at", ScalarText.Slot(function.Device, function.Function))
        .Add("id", FormattableString.Invariant($"\"{function.VendorId:x4}:{function.DeviceId:x4}\""))
        .Add("class", ScalarText.Hex(function.ClassCode, 6))
        .Add("bars", ScalarText.List(function.Bars.Select(Bar)), function.Bars.Count > 0)
        .ToString();

    private static string Bar(BarDescription bar) => new FlowMapping()
        .Add("index", ScalarText.Of((ulong)bar.Index))
        .Add("size", ScalarText.Of(bar.Size))
        .Add("wide", "true", bar.Is64Bit)
        .Add("prefetchable", "true", bar.Prefetchable)
        .ToString();
}
