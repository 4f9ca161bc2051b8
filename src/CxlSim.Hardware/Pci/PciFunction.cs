using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A PCI function: configuration space, BARs, and a data object mailbox where it has one. What a kind of device adds stands in a subclass.</summary>
public class PciFunction
{
    /// <summary>Sixteen lanes at 32 GT/s.</summary>
    private const ushort LinkAtFullSpeed = (16 << PciCapability.LinkStatusWidthShift) | 5;

    private DoeMailbox? _doe;
    private int _doeOffset;

    public PciFunction(byte device, byte function, ushort vendorId, ushort deviceId, uint classCode)
    {
        Device = device;
        Function = function;
        Config.Set16(PciConfig.VendorId, vendorId);
        Config.Set16(PciConfig.DeviceId, deviceId);
        Config.Set16(PciConfig.Command, 0, PciConfig.CommandMemory | PciConfig.CommandBusMaster);
        Config.Set8(PciConfig.ProgrammingInterface, Bits.ByteAt(classCode, 0));
        Config.Set8(PciConfig.Subclass, Bits.ByteAt(classCode, 1));
        Config.Set8(PciConfig.BaseClass, Bits.ByteAt(classCode, 2));
    }

    public byte Device { get; }

    public byte Function { get; }

    public ConfigSpace Config { get; } = new();

    public IReadOnlyList<Bar> Bars => BarList;

    public bool DecodesMemory => (Config.U16(PciConfig.Command) & PciConfig.CommandMemory) != 0;

    protected List<Bar> BarList { get; } = [];

    public void AddBar(Bar bar)
    {
        bar.Install(Config);
        BarList.Add(bar);
    }

    public uint ReadConfig(int offset, int width) =>
        _doe is not null && IsDoe(offset) && width == 4 ? _doe.Read(offset - _doeOffset) : Config.Read(offset, width);

    public virtual void WriteConfig(int offset, int width, uint value)
    {
        if (_doe is not null && IsDoe(offset) && width == 4)
        {
            _doe.Write(offset - _doeOffset, value);
        }
        else
        {
            Config.Write(offset, width, value);
        }
    }

    protected void AddDoe(DoeMailbox doe)
    {
        _doeOffset = Config.AddExtendedCapability(PciCapability.Doe, PciCapability.DoeLength);
        _doe = doe;
    }

    /// <summary>The express capability, which tells what kind of port or endpoint the function is.</summary>
    protected void AddExpress(int offset, byte portType, byte portNumber)
    {
        Config.AddCapability(PciCapability.Express, offset);
        Config.Set16(offset + PciCapability.ExpressFlags, (ushort)(2 | (portType << 4)));
        Config.Set32(offset + PciCapability.ExpressLinkCapabilities, ((uint)portNumber << PciCapability.LinkPortNumberShift) | LinkAtFullSpeed);
        Config.Set16(offset + PciCapability.ExpressLinkStatus, LinkAtFullSpeed);
    }

    private bool IsDoe(int offset) => offset >= _doeOffset + PciCapability.DoeControl && offset <= _doeOffset + PciCapability.DoeReadMailbox;
}
