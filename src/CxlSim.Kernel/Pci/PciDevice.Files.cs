using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <content>Files that say what configuration space says, for people and udev (<c>drivers/pci/pci-sysfs.c</c>).</content>
public sealed partial class PciDevice
{
    /// <summary>An attribute has a page, and a line's end behind the name.</summary>
    private const int LongestOverride = 4096 - 1;

    private static readonly AttributeGroup ConfigFiles = new(
        Attr<PciDevice>.ReadOnly("modalias", d => d.Modalias),
        Attr<PciDevice>.ReadWrite("driver_override", d => d.DriverOverride ?? "(null)", (d, value) => d.StoreOverride(value)),
        Attr<PciDevice>.ReadWrite("numa_node", d => d.NumaNode.ToString(CultureInfo.InvariantCulture), (d, value) => ((PciBus)d.Bus!).StoreNode(d, value)),
        Attr<PciDevice>.ReadOnly("local_cpus", d => MaskFormat.Of(d.LocalCpus, d.Nodes.CpuIds)),
        Attr<PciDevice>.ReadOnly("local_cpulist", d => ListFormat.Of(d.LocalCpus)),
        Attr<PciDevice>.ReadOnly("subsystem_vendor", d => $"0x{d.Subsystem.Vendor:x4}"),
        Attr<PciDevice>.ReadOnly("subsystem_device", d => $"0x{d.Subsystem.Device:x4}"),
        Attr<PciDevice>.ReadOnly("current_link_speed", d => d.Speed(PciCapability.ExpressLinkStatus), visible: d => d.ExpressType is not null),
        Attr<PciDevice>.ReadOnly("current_link_width", d => d.Width(PciCapability.ExpressLinkStatus), visible: d => d.ExpressType is not null),
        Attr<PciDevice>.ReadOnly("max_link_speed", d => d.Speed(PciCapability.ExpressLinkCapabilities), visible: d => d.ExpressType is not null),
        Attr<PciDevice>.ReadOnly("max_link_width", d => d.Width(PciCapability.ExpressLinkCapabilities), visible: d => d.ExpressType is not null),
        Attr<PciDevice>.ReadOnly("secondary_bus_number", d => d.Byte(PciConfig.SecondaryBus), visible: d => d.IsBridge),
        Attr<PciDevice>.ReadOnly("subordinate_bus_number", d => d.Byte(PciConfig.SubordinateBus), visible: d => d.IsBridge));

    private static readonly AttributeGroup ErrorFiles = new(
        Attr<PciDevice>.ReadOnly("aer_dev_correctable", d => d.Errors.Text(AerSeverity.Correctable), visible: d => d.ErrorReportingOffset != 0),
        Attr<PciDevice>.ReadOnly("aer_dev_fatal", d => d.Errors.Text(AerSeverity.Fatal), visible: d => d.ErrorReportingOffset != 0),
        Attr<PciDevice>.ReadOnly("aer_dev_nonfatal", d => d.Errors.Text(AerSeverity.NonFatal), visible: d => d.ErrorReportingOffset != 0),
        Attr<PciDevice>.ReadOnly("aer_rootport_total_err_cor", d => d.Errors.Received(AerSeverity.Correctable), visible: d => d.ReceivesErrors),
        Attr<PciDevice>.ReadOnly("aer_rootport_total_err_fatal", d => d.Errors.Received(AerSeverity.Fatal), visible: d => d.ReceivesErrors),
        Attr<PciDevice>.ReadOnly("aer_rootport_total_err_nonfatal", d => d.Errors.Received(AerSeverity.NonFatal), visible: d => d.ReceivesErrors));

    /// <summary>The only driver that the function is for, whatever drivers know it by; null for any (<c>driver_set_override</c>).</summary>
    public string? DriverOverride { get; private set; }

    /// <summary>The node that it is near to, as its root bridge has it, or as user space says; -1 for none.</summary>
    public int NumaNode { get; internal set; } = Numa.NoNode;

    private bool ReceivesErrors => ErrorReportingOffset != 0 && ExpressType == PciCapability.ExpressTypeRootPort;

    private Numa Nodes => ((PciBus)Bus!).Numa;

    private IEnumerable<int> LocalCpus => NumaNode == Numa.NoNode ? Nodes.Cpus.Online.Select(cpu => cpu.Number) : Nodes.Node(NumaNode).OnlineCpus;

    /// <summary>What udev finds a driver by.</summary>
    private string Modalias =>
        $"pci:v{VendorId:X8}d{DeviceId:X8}sv{Subsystem.Vendor:X8}sd{Subsystem.Device:X8}bc{ClassCode >> 16:X2}sc{(ClassCode >> 8) & 0xff:X2}i{ClassCode & 0xff:X2}";

    /// <summary>Of a bridge, its capability says them; zeros where it has none.</summary>
    private (uint Vendor, uint Device) Subsystem
    {
        get
        {
            int at = !IsBridge ? PciConfig.SubsystemVendorId
                : FindCapability(PciCapability.SubsystemIds) is not 0 and var capability ? capability + PciCapability.SubsystemVendor : 0;
            return at == 0 ? default : (ReadConfig(at, 2), ReadConfig(at + 2, 2));
        }
    }

    private Errno StoreOverride(string value)
    {
        if (value.Length >= LongestOverride)
        {
            return Errno.EINVAL;
        }

        string name = value.Split('\n')[0];
        DriverOverride = name.Length > 0 ? name : null;
        return Errno.Ok;
    }

    private string Speed(int register) => (ReadExpress(register) & PciCapability.LinkStatusSpeedMask) switch
    {
        1 => "2.5 GT/s PCIe",
        2 => "5.0 GT/s PCIe",
        3 => "8.0 GT/s PCIe",
        4 => "16.0 GT/s PCIe",
        5 => "32.0 GT/s PCIe",
        6 => "64.0 GT/s PCIe",
        _ => "Unknown",
    };

    private string Width(int register) =>
        ((ReadExpress(register) >> PciCapability.LinkStatusWidthShift) & PciCapability.LinkStatusWidthMask).ToString(CultureInfo.InvariantCulture);

    private string Byte(int register) => ReadConfig(register, 1).ToString(CultureInfo.InvariantCulture);
}
