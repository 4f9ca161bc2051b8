using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A CXL root port, or the upstream or downstream port of a switch.</summary>
public sealed class CxlPort : PciBridge
{
    private const int ExpressOffset = 0x90;

    /// <param name="device">Device number on its bus.</param>
    /// <param name="function">Function number.</param>
    /// <param name="expressType">Root, upstream or downstream port.</param>
    /// <param name="portNumber">Port number of its link.</param>
    /// <param name="hdm">Decoders: an upstream port has them, the others not.</param>
    /// <param name="doe">Serves the switch's CDAT at an upstream port.</param>
    public CxlPort(byte device, byte function, byte expressType, byte portNumber, HdmDecoderBank? hdm, DoeMailbox? doe = null)
        : base(device, function, 0x8086, DeviceIdOf(expressType))
    {
        PortNumber = portNumber;
        Components = new ComponentRegisterBlock(hasRas: true, hdm);
        AddBar(new Bar(0, new ByteSize(ComponentRegisters.BlockSize), Is64Bit: true, Prefetchable: false, Components));
        AddExpress(ExpressOffset, expressType, portNumber);
        if (expressType != PciCapability.ExpressTypeUpstreamPort)
        {
            Config.AddDvsec(Dvsec.PortExtensionsId, 0, Dvsec.PortExtensionsLength);
            Config.AddDvsec(Dvsec.PortGpfId, 0, Dvsec.PortGpfLength);
        }

        int flexBus = Config.AddDvsec(Dvsec.FlexBusId, Dvsec.FlexBusRevision, Dvsec.FlexBusLength);
        Config.Set16(flexBus + Dvsec.FlexBusCapability, Dvsec.CapabilityIo | Dvsec.CapabilityMem);
        Config.Set16(flexBus + Dvsec.FlexBusStatus, Dvsec.CapabilityIo | Dvsec.CapabilityMem);
        RegisterLocator.Install(Config, (Dvsec.BlockComponent, 0));
        if (doe is not null)
        {
            AddDoe(doe);
        }
    }

    public byte PortNumber { get; }

    /// <summary>Its hot-plug slot; null where what is plugged in stays.</summary>
    public HotplugSlot? Slot { get; private set; }

    public ComponentRegisterBlock Components { get; }

    public override void WriteConfig(int offset, int width, uint value)
    {
        if (Slot is { } slot && offset >= ExpressOffset + PciCapability.ExpressSlotControl && offset < ExpressOffset + PciCapability.ExpressSlotStatus + 2)
        {
            slot.Write(offset, width, value);
        }
        else
        {
            base.WriteConfig(offset, width, value);
        }
    }

    /// <summary>Gives the port a slot that its child stands in.</summary>
    internal void AddSlot(int number)
    {
        Slot = new HotplugSlot(Config, ExpressOffset, number);
        if (Children.Count > 0)
        {
            Slot.Fill();
        }
    }

    /// <summary>QEMU's ids, so that recordings and simulation name the same functions.</summary>
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
