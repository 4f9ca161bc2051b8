using CxlSim.Core;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>The root complex register block of a CXL 1.1 link: its downstream port and the upstream port of its device, each laid out like configuration space (CXL r3.1 8.2.1).</summary>
public sealed class RcrbBlock : IRegisterBlock
{
    private const int ExpressOffset = 0x40;

    private readonly ConfigSpace _downstream = NewHalf(PciCapability.ExpressTypeRootPort);
    private readonly ConfigSpace _upstream = NewHalf(PciCapability.ExpressTypeUpstreamPort);

    /// <param name="downstream">Component registers of the downstream port.</param>
    /// <param name="upstream">Component registers of the device.</param>
    public RcrbBlock(ComponentRegisterBlock downstream, ComponentRegisterBlock upstream)
    {
        Downstream = downstream;
        Halves = [(_downstream, NewBar(_downstream, downstream)), (_upstream, NewBar(_upstream, upstream))];
    }

    /// <summary>Raised when component registers may answer elsewhere.</summary>
    public event Action? Moved;

    /// <summary>Component registers of the downstream port.</summary>
    public ComponentRegisterBlock Downstream { get; }

    private (ConfigSpace Config, Bar Bar)[] Halves { get; }

    /// <summary>Component registers that answer now, and where.</summary>
    public IEnumerable<(Hpa Address, ComponentRegisterBlock Block)> Open() => Halves
        .Where(half => (half.Config.U16(PciConfig.Command) & PciConfig.CommandMemory) != 0)
        .Select(half => (half.Bar.AddressIn(half.Config), (ComponentRegisterBlock)half.Bar.Block!));

    public uint Read(int offset) => HalfAt(offset).U32(offset % RcrbRegisters.UpstreamPort & ~3);

    public void Write(int offset, uint value)
    {
        HalfAt(offset).Write(offset % RcrbRegisters.UpstreamPort & ~3, 4, value);
        Moved?.Invoke();
    }

    private ConfigSpace HalfAt(int offset) => offset < RcrbRegisters.UpstreamPort ? _downstream : _upstream;

    private static Bar NewBar(ConfigSpace config, ComponentRegisterBlock block)
    {
        Bar bar = new(0, new ByteSize(ComponentRegisters.BlockSize), Is64Bit: true, Prefetchable: false, block);
        bar.Install(config);
        return bar;
    }

    /// <summary>A bridge's header with the link's express capability, and what the flex bus carries.</summary>
    private static ConfigSpace NewHalf(byte portType)
    {
        ConfigSpace config = new();
        config.Set16(PciConfig.VendorId, 0x8086);
        config.Set16(PciConfig.Command, 0, PciConfig.CommandMemory | PciConfig.CommandBusMaster);
        config.AddCapability(PciCapability.Express, ExpressOffset);
        config.Set16(ExpressOffset + PciCapability.ExpressFlags, (ushort)(2 | (portType << 4)));
        config.Set32(ExpressOffset + PciCapability.ExpressLinkCapabilities, PciFunction.LinkAtFullSpeed);
        config.Set16(ExpressOffset + PciCapability.ExpressLinkStatus, PciFunction.LinkAtFullSpeed);
        CxlDvsecs.AddRestrictedFlexBus(config);
        return config;
    }
}
