using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>A PCI function as the kernel knows it (<c>drivers/pci/probe.c</c>, struct pci_dev).</summary>
public sealed partial class PciDevice : Device
{
    private const int MaxCapabilities = 48;
    private const int MaxExtendedCapabilities = 480;
    private static readonly AttributeGroup Attributes = new(
        Attr<PciDevice>.ReadOnly("vendor", d => $"0x{d.VendorId:x4}"),
        Attr<PciDevice>.ReadOnly("device", d => $"0x{d.DeviceId:x4}"),
        Attr<PciDevice>.ReadOnly("class", d => $"0x{d.ClassCode:x6}"),
        Attr<PciDevice>.ReadOnly("revision", d => $"0x{d.ReadConfig(PciConfig.Revision, 1):x2}"),
        Attr<PciDevice>.ReadOnly("irq", d => d.ReadConfig(PciConfig.InterruptLine, 1).ToString(CultureInfo.InvariantCulture)),
        Attr<PciDevice>.ReadOnly("resource", d => d.ResourceLines()),
        new BinaryAttribute<PciDevice>("config", FileMode.S0644, d => AttributeValue.Binary(d.ConfigBytes()), (d, offset, bytes) => d.StoreConfig(offset, bytes)),
        Attr<PciDevice>.ReadOnly("rcd_link_cap", d => d.RestrictedLink!(PciCapability.ExpressLinkCapabilities, 4), visible: d => d.RestrictedLink is not null),
        Attr<PciDevice>.ReadOnly("rcd_link_ctrl", d => d.RestrictedLink!(PciCapability.ExpressLinkControl, 2), visible: d => d.RestrictedLink is not null),
        Attr<PciDevice>.ReadOnly("rcd_link_status", d => d.RestrictedLink!(PciCapability.ExpressLinkStatus, 2), visible: d => d.RestrictedLink is not null),
        Attr<PciDevice>.WriteOnly("remove", (d, value) => ((PciBus)d.Bus!).StoreRemoveAsync(d, value), mode: FileMode.S0220),
        Attr<PciDevice>.WriteOnly("reset", (d, value) => ((PciBus)d.Bus!).StoreResetAsync(d, value), visible: d => d.CanReset),
        Attr<PciDevice>.ReadWrite("reset_method", d => string.Join(' ', d.ResetMethods), (d, value) => ((PciBus)d.Bus!).StoreResetMethods(d, value), visible: d => d.CanReset));

    private readonly ConfigSpace _config;
    private IReadOnlyList<string> _resetMethods = [];

    public PciDevice(ConfigSpace config, Bdf address, PciDevice? upstream)
        : base(address.ToString())
    {
        _config = config;
        Address = address;
        Upstream = upstream;
        VendorId = (ushort)ReadConfig(PciConfig.VendorId, 2);
        DeviceId = (ushort)ReadConfig(PciConfig.DeviceId, 2);
        ClassCode = ReadConfig(PciConfig.Revision, 4) >> 8;
        IsBridge = (ReadConfig(PciConfig.HeaderType, 1) & 0x7f) == PciConfig.HeaderTypeBridge;
        ExpressOffset = FindCapability(PciCapability.Express);
        if (ExpressOffset != 0)
        {
            ExpressType = (byte)((ReadConfig(ExpressOffset + PciCapability.ExpressFlags, 2) >> 4) & 0xf);
            PortNumber = (byte)(ReadConfig(ExpressOffset + PciCapability.ExpressLinkCapabilities, 4) >> PciCapability.LinkPortNumberShift);
        }

        ErrorReportingOffset = FindExtendedCapability(PciCapability.ErrorReporting);
    }

    public Bdf Address { get; }

    /// <summary>The bridge above; null on a root bus.</summary>
    public PciDevice? Upstream { get; }

    public ushort VendorId { get; }

    public ushort DeviceId { get; }

    public uint ClassCode { get; }

    public bool IsBridge { get; }

    /// <summary>Kind of port or endpoint; null for a function without the express capability.</summary>
    public byte? ExpressType { get; }

    /// <summary>Port number of the link.</summary>
    public byte PortNumber { get; }

    public List<PciResource> Resources { get; } = [];

    /// <summary>Its BARs and, of a bridge, its windows in iomem.</summary>
    public List<Resource> Claimed { get; } = [];

    /// <summary>BARs that have no address.</summary>
    public List<PciBar> Unassigned { get; } = [];

    /// <summary>Shows a register of a CXL 1.1 device's link, by its offset and width, while cxl_pci is bound; null for all others.</summary>
    public Func<int, int, AttributeValue>? RestrictedLink { get; set; }

    /// <summary>How a reset is tried, in this order.</summary>
    public IReadOnlyList<string> ResetMethods
    {
        get => _resetMethods;
        set
        {
            _resetMethods = value;
            CanReset |= value.Count > 0;
        }
    }

    /// <summary>Functions on the bus below a bridge.</summary>
    public List<PciDevice> Functions { get; } = [];

    public override IEnumerable<string> UeventLines =>
    [
        $"PCI_CLASS={ClassCode:X}",
        $"PCI_ID={VendorId:X4}:{DeviceId:X4}",
        $"PCI_SUBSYS_ID={Subsystem.Vendor:X4}:{Subsystem.Device:X4}",
        $"PCI_SLOT_NAME={Name}",
        $"MODALIAS={Modalias}",
    ];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, ConfigFiles, ErrorFiles];

    /// <summary>Where its error reporting stands; 0 for none.</summary>
    internal int ErrorReportingOffset { get; }

    /// <summary>What it has reported.</summary>
    internal AerCounters Errors { get; } = new();

    /// <summary>What its driver has kept of its configuration space, for the next reset; null for nothing.</summary>
    internal PciSavedState? Saved { get; set; }

    private int ExpressOffset { get; }

    private int ConfigSize => ExpressOffset != 0 && _config.IsExtended(Address.Segment, Address.Bus) ? PciConfig.Size : PciConfig.FirstExtendedCapability;

    /// <summary>There was a way to reset it when it was found.</summary>
    private bool CanReset { get; set; }

    public uint ReadConfig(int offset, int width) => _config.Read(Address, offset, width);

    public void WriteConfig(int offset, int width, uint value) => _config.Write(Address, offset, width, value);

    /// <summary>What stands in a register, and which of its bits can change.</summary>
    public (uint Value, uint Mask) ProbeConfig(int offset)
    {
        uint value = ReadConfig(offset, 4);
        WriteConfig(offset, 4, uint.MaxValue);
        uint mask = ReadConfig(offset, 4);
        WriteConfig(offset, 4, value);
        return (value, mask);
    }

    /// <summary>Asks the device for a BAR; memory decoding is off meanwhile. Null where there is no such BAR, or it is one of ports (<c>__pci_read_base</c>).</summary>
    /// <param name="index">The BAR's.</param>
    /// <param name="start">The address that stands in it; 0 where there is none.</param>
    public PciBar? ReadBar(int index, out ulong start)
    {
        int offset = PciConfig.Bar0 + (4 * index);
        (uint low, uint lowMask) = ProbeConfig(offset);
        bool isWide = (low & (PciConfig.Bar64Bit | PciConfig.BarIo)) == PciConfig.Bar64Bit;
        (uint high, uint highMask) = isWide ? ProbeConfig(offset + 4) : (0, 0);
        ulong mask = (lowMask & PciConfig.BarMemoryMask) | ((ulong)highMask << 32);
        start = (low & PciConfig.BarMemoryMask) | ((ulong)high << 32);
        mask |= isWide || mask == 0 ? 0 : 0xffff_ffff_0000_0000;
        return mask == 0 || (low & PciConfig.BarIo) != 0 ? null : new PciBar(index, ~mask + 1, isWide, (low & PciConfig.BarPrefetchable) != 0);
    }

    /// <summary>Puts an address into a BAR.</summary>
    public void WriteBar(PciBar bar, Hpa start)
    {
        int offset = PciConfig.Bar0 + (4 * bar.Index);
        WriteConfig(offset, 4, Bits.Low32(start.Value));
        if (bar.Is64Bit)
        {
            WriteConfig(offset + 4, 4, Bits.High32(start.Value));
        }
    }

    /// <summary>A register of the express capability; 0 where there is none.</summary>
    public uint ReadExpress(int offset, int width = 2) => ExpressOffset == 0 ? 0 : ReadConfig(ExpressOffset + offset, width);

    public void WriteExpress(int offset, int width, uint value) => WriteConfig(ExpressOffset + offset, width, value);

    /// <summary>Switches memory decoding and bus mastering on; EINVAL where a BAR has no address (<c>pcim_enable_device</c>, <c>pci_set_master</c>).</summary>
    public Errno Enable()
    {
        if (Unassigned.Count > 0)
        {
            return Errno.EINVAL;
        }

        WriteConfig(PciConfig.Command, 2, ReadConfig(PciConfig.Command, 2) | PciConfig.CommandMemory | PciConfig.CommandBusMaster);
        return Errno.Ok;
    }

    /// <summary>Errors are wanted; not with <c>pci=noaer</c> (<c>pci_aer_available</c>).</summary>
    public static bool ReportsErrors(KernelCore core) => !core.CommandLine.HasOption("pci", "noaer");

    /// <summary>Lets a function report errors, where it can (<c>pci_enable_pcie_error_reporting</c>).</summary>
    public void EnableErrorReporting()
    {
        if (ExpressOffset != 0 && ErrorReportingOffset != 0)
        {
            WriteExpress(PciCapability.ExpressDeviceControl, 2, ReadExpress(PciCapability.ExpressDeviceControl) | PciCapability.DeviceControlReportErrors);
        }
    }

    /// <summary>Forgets which kinds of errors the function has found (<c>pcie_clear_device_status</c>).</summary>
    internal void ClearDeviceStatus() => WriteExpress(PciCapability.ExpressDeviceStatus, 2, ReadExpress(PciCapability.ExpressDeviceStatus));

    /// <summary>Whether messages of errors interrupt at a root port; those that are noted are forgotten (<c>aer_enable_rootport</c>).</summary>
    internal void HearErrors(bool isOn)
    {
        int status = ErrorReportingOffset + PciCapability.ErrorRootStatus;
        WriteConfig(status, 4, ReadConfig(status, 4));
        WriteConfig(ErrorReportingOffset + PciCapability.ErrorRootCommand, 4, isOn ? PciCapability.ErrorRootCommandBits : 0);
    }

    /// <summary>The functions below a bridge, each before what lies below it.</summary>
    internal IEnumerable<PciDevice> AllBelow() => Functions.SelectMany(function => function.AllBelow().Prepend(function));

    /// <summary>Start, end and flags of each BAR, zeros where there is none (<c>drivers/pci/pci-sysfs.c</c>, <c>include/linux/ioport.h</c>).</summary>
    private string ResourceLines()
    {
        const int lines = 13; // six BARs, the ROM, six of SR-IOV
        const ulong memory = 0x40200; // memory, aligned to its size
        const ulong wide = 0x100004;
        const ulong prefetchable = 0x2008;
        StringBuilder text = new();
        for (int index = 0; index < lines; index++)
        {
            PciResource? resource = Resources.Find(candidate => candidate.Bar.Index == index);
            ulong flags = resource is not { Bar: { } bar } ? 0 : memory | (bar.Is64Bit ? wide : 0) | (bar.IsPrefetchable ? prefetchable : 0);
            text.Append(CultureInfo.InvariantCulture, $"0x{resource?.Range.Start.Value ?? 0:x16} 0x{resource?.Range.Last.Value ?? 0:x16} 0x{flags:x16}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The whole of configuration space; a function without the express capability has 256 bytes of it.</summary>
    private byte[] ConfigBytes()
    {
        byte[] bytes = new byte[ConfigSize];
        for (int offset = 0; offset < bytes.Length; offset += 4)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(offset), ReadConfig(offset, 4));
        }

        return bytes;
    }

    /// <summary>Accesses as wide as their place lets them be, four bytes at the most; EFBIG behind the end, and what goes past it is left out (<c>pci_write_config</c>).</summary>
    private Errno StoreConfig(long offset, byte[] bytes)
    {
        if (offset >= ConfigSize)
        {
            return Errno.EFBIG;
        }

        ReadOnlySpan<byte> left = bytes.AsSpan(0, (int)Math.Min(bytes.Length, ConfigSize - offset));
        for (int at = (int)offset; left.Length > 0;)
        {
            int width = (at & 1) != 0 || left.Length < 2 ? 1 : (at & 2) != 0 || left.Length < 4 ? 2 : 4;
            uint value = width switch { 1 => left[0], 2 => BitConverter.ToUInt16(left), _ => BitConverter.ToUInt32(left) };
            WriteConfig(at, width, value);
            left = left[width..];
            at += width;
        }

        return Errno.Ok;
    }

    /// <summary>Where a capability of the first 256 bytes lies; 0 for none.</summary>
    public int FindCapability(byte id)
    {
        if ((ReadConfig(PciConfig.Status, 2) & PciConfig.StatusCapabilityList) == 0)
        {
            return 0;
        }

        int offset = (int)ReadConfig(PciConfig.CapabilityPointer, 1) & ~3;
        for (int i = 0; i < MaxCapabilities && offset >= 0x40; i++)
        {
            if (ReadConfig(offset, 1) == id)
            {
                return offset;
            }

            offset = (int)ReadConfig(offset + 1, 1) & ~3;
        }

        return 0;
    }

    /// <summary>Where an extended capability lies, after <paramref name="previous"/>; 0 for none (left).</summary>
    public int FindExtendedCapability(ushort id, int previous = 0)
    {
        if (ConfigSize <= PciConfig.FirstExtendedCapability)
        {
            return 0;
        }

        int offset = previous == 0 ? PciConfig.FirstExtendedCapability : (int)(ReadConfig(previous, 4) >> 20) & ~3;
        for (int i = 0; i < MaxExtendedCapabilities && offset >= PciConfig.FirstExtendedCapability; i++)
        {
            uint header = ReadConfig(offset, 4);
            if ((header & 0xffff) == id)
            {
                return offset;
            }

            offset = (int)(header >> 20) & ~3;
        }

        return 0;
    }

    /// <summary>Where one of CXL's own capabilities lies; 0 for none.</summary>
    public int FindCxlDvsec(ushort id)
    {
        int offset = FindExtendedCapability(PciCapability.Dvsec);
        for (int i = 0; i < MaxExtendedCapabilities && offset != 0; i++) // a list that bites its tail has no end
        {
            if ((ReadConfig(offset + Dvsec.Header1, 4) & 0xffff) == Dvsec.VendorCxl && ReadConfig(offset + Dvsec.Header2, 2) == id)
            {
                return offset;
            }

            offset = FindExtendedCapability(PciCapability.Dvsec, offset);
        }

        return 0;
    }
}
