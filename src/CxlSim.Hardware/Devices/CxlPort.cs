using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A CXL root port, or the upstream or downstream port of a switch.</summary>
public sealed class CxlPort : PciBridge
{
    private const int RootPortExpress = 0x74;
    private const int SwitchExpress = 0x90;

    /// <summary>Error reporting of ports: checksums, several headers in the log.</summary>
    private const uint ErrorFeatures = 0x2a0;

    /// <summary>Source validation to direct translation (PCI Express Base 6.0 7.7.11.2).</summary>
    private const uint AccessControl = 0x5f;

    private readonly int _expressOffset;
    private int _extensions;

    /// <param name="device">Device number on its bus.</param>
    /// <param name="function">Function number.</param>
    /// <param name="expressType">Root, upstream or downstream port.</param>
    /// <param name="portNumber">Port number of its link.</param>
    /// <param name="hdm">Decoders: an upstream port has them, the others not.</param>
    /// <param name="doe">Serves the switch's CDAT at an upstream port.</param>
    public CxlPort(byte device, byte function, byte expressType, byte portNumber, HdmDecoderBank? hdm, DoeMailbox? doe = null)
        : base(device, function, VendorIdOf(expressType), DeviceIdOf(expressType))
    {
        ExpressType = expressType;
        PortNumber = portNumber;
        Components = new ComponentRegisterBlock(
            expressType == PciCapability.ExpressTypeRootPort ? ComponentCapabilities.OfRootPort() : ComponentCapabilities.Of(hdm));
        AddBar(new Bar(0, new ByteSize(ComponentRegisters.BlockSize), Is64Bit: true, Prefetchable: false, Components));
        _expressOffset = expressType == PciCapability.ExpressTypeRootPort ? RootPortExpress : SwitchExpress;
        AddExpress(_expressOffset, expressType, portNumber);
        switch (expressType)
        {
            case PciCapability.ExpressTypeRootPort:
                AddRootPortCapabilities();
                break;
            case PciCapability.ExpressTypeUpstreamPort:
                AddUpstreamPortCapabilities();
                break;
            default:
                AddDownstreamPortCapabilities();
                break;
        }

        RegisterLocator.Install(Config, (Dvsec.BlockComponent, 0, 0u));
        if (doe is not null)
        {
            AddDoe(doe, interrupt: 3);
        }
    }

    /// <summary>Root, upstream or downstream port.</summary>
    public byte ExpressType { get; }

    public byte PortNumber { get; }

    /// <summary>Its hot-plug slot; null where what is plugged in stays.</summary>
    public HotplugSlot? Slot { get; private set; }

    public ComponentRegisterBlock Components { get; }

    /// <summary>What it keeps of the errors below; null for all but root ports.</summary>
    internal RootErrors? RootErrors { get; private set; }

    /// <summary>Until software says otherwise (CXL r3.1 8.1.5.2).</summary>
    protected override bool IsBusResetMasked => (Config.U16(_extensions + Dvsec.PortControl) & Dvsec.PortControlUnmaskBusReset) == 0;

    public override void WriteConfig(int offset, int width, uint value)
    {
        if (Slot is { } slot && offset >= _expressOffset + PciCapability.ExpressSlotControl && offset < _expressOffset + PciCapability.ExpressSlotStatus + 2)
        {
            slot.Write(offset, width, value);
        }
        else
        {
            base.WriteConfig(offset, width, value);
        }
    }

    internal override void HotReset()
    {
        base.HotReset();
        Components.Hdm?.Reset();
    }

    /// <summary>Gives the port a slot that its child stands in.</summary>
    internal void AddSlot(int number)
    {
        Slot = new HotplugSlot(Config, _expressOffset, number);
        if (Children.Count > 0)
        {
            Slot.Fill();
        }
    }

    /// <summary>Capabilities in the order and at the places of QEMU's root port.</summary>
    private void AddRootPortCapabilities()
    {
        const int msi = 0x60;
        const int subsystem = 0x40;
        AddMsi(msi, 0x0102);
        Config.AddCapability(PciCapability.SubsystemIds, subsystem);
        Config.Set32(subsystem + 4, 0x8086);
        RootErrors = new RootErrors(Config, AddErrorReporting(ErrorFeatures).Offset);
        Config.Set32(Config.AddExtendedCapability(PciCapability.AccessControl, PciCapability.AccessControlLength) + 4, AccessControl, AccessControl << 16);
        _extensions = CxlDvsecs.AddPortExtensions(Config, 0);
        CxlDvsecs.AddPortGpf(Config);
        CxlDvsecs.AddFlexBus(Config, hasCache: false, Dvsec.FlexBusIo, 0xbd);
    }

    /// <summary>QEMU's upstream port has the extensions of a port too, which the specification does not ask of it.</summary>
    private void AddUpstreamPortCapabilities()
    {
        const int msi = 0x70;
        const int firstDvsec = 0x154;
        const ushort control = Dvsec.FlexBusCache | Dvsec.FlexBusIo | Dvsec.FlexBusMem | Dvsec.FlexBus68ByteFlitAndVh;
        AddMsi(msi, 0x0182);
        AddErrorReporting(ErrorFeatures);
        Config.SkipTo(firstDvsec);
        _extensions = CxlDvsecs.AddPortExtensions(Config, 1);
        CxlDvsecs.AddFlexBus(Config, hasCache: true, control, 0);
    }

    private void AddDownstreamPortCapabilities()
    {
        const int msi = 0x70;
        AddMsi(msi, 0x0180);
        AddErrorReporting(ErrorFeatures);
        _extensions = CxlDvsecs.AddPortExtensions(Config, 0);
        CxlDvsecs.AddFlexBus(Config, hasCache: true, Dvsec.FlexBusIo, 0xfd);
        CxlDvsecs.AddPortGpf(Config);
    }

    /// <summary>Message-signalled interrupts, which software may set up; a slot's reach the kernel without them.</summary>
    private void AddMsi(int offset, ushort features)
    {
        Config.AddCapability(PciCapability.Msi, offset);
        Config.Set16(offset + 2, features, 0x71);
        Config.Set32(offset + 4, 0, uint.MaxValue);
        Config.Set32(offset + 8, 0, uint.MaxValue);
    }

    /// <summary>QEMU's ids, so that recordings and simulation name the same functions.</summary>
    private static ushort VendorIdOf(byte expressType) => (ushort)(expressType == PciCapability.ExpressTypeRootPort ? 0x8086 : 0x19e5);

    private static ushort DeviceIdOf(byte expressType) => expressType switch
    {
        PciCapability.ExpressTypeRootPort => 0x7075,
        PciCapability.ExpressTypeUpstreamPort => 0xa128,
        _ => 0xa129,
    };

    /// <summary>What the data path finds at this port: its children by port number.</summary>
    internal DecodeNode? ToDecodeNode(Func<Type3Device, int> numberOf)
    {
        if (Children.Count == 0)
        {
            return null;
        }

        return Children[0] switch
        {
            Type3Device device => device.ToDecodeNode(numberOf(device)),
            CxlPort upstream => new PortNode(upstream.Components.Hdm!.Committed(), PortsOf(upstream.Children, numberOf), upstream.Components.Hdm.Unit),
            _ => null,
        };
    }

    internal static Dictionary<byte, DecodeNode> PortsOf(IEnumerable<PciFunction> functions, Func<Type3Device, int> numberOf)
    {
        Dictionary<byte, DecodeNode> ports = [];
        foreach (CxlPort port in functions.OfType<CxlPort>())
        {
            if (port.ToDecodeNode(numberOf) is { } node)
            {
                ports[port.PortNumber] = node;
            }
        }

        return ports;
    }
}
