using System.Numerics;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A PCI function: configuration space, BARs, and a data object mailbox where it has one. What a kind of device adds stands in a subclass.</summary>
public class PciFunction
{
    /// <summary>Sixteen lanes at 32 GT/s.</summary>
    internal const ushort LinkAtFullSpeed = (16 << PciCapability.LinkStatusWidthShift) | 5;

    /// <summary>Extended tags, role-based error reporting; L0s: what QEMU's functions have.</summary>
    private const uint DeviceFeatures = 0x8020;

    /// <summary>Ports of a switch; their own decoders are not touched by it (CXL r3.1 9.6).</summary>
    private const uint SwitchPortFeatures = DeviceFeatures | PciCapability.DeviceCapabilityFunctionReset;
    private const uint LinkPowerStates = 1 << 10;

    /// <summary>Width and speed, at the same place of capabilities and status.</summary>
    internal const uint LinkBits = (PciCapability.LinkStatusWidthMask << PciCapability.LinkStatusWidthShift) | PciCapability.LinkStatusSpeedMask;

    private DoeMailbox? _doe;
    private int _doeOffset;
    private int _expressOffset;

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
        Config.Set8(PciConfig.InterruptLine, 0, byte.MaxValue);
    }

    public byte Device { get; }

    public byte Function { get; }

    public ConfigSpace Config { get; } = new();

    public IReadOnlyList<Bar> Bars => BarList;

    /// <summary>How it reports errors; null for a function that does not.</summary>
    public ErrorReporting? Errors { get; private set; }

    public bool DecodesMemory => (Config.U16(PciConfig.Command) & PciConfig.CommandMemory) != 0;

    protected List<Bar> BarList { get; } = [];

    public void AddBar(Bar bar)
    {
        bar.Install(Config);
        BarList.Add(bar);
    }

    public virtual uint ReadConfig(int offset, int width) =>
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

    /// <summary>A hot reset reaches the function (PCI Express Base 6.0 6.6.1).</summary>
    internal virtual void HotReset() => Config.Reset();

    /// <summary>The link that the function ends is as wide and as fast as it is described. Flits of 256 bytes are what PCI Express calls flit mode.</summary>
    internal void TrainLink(LinkDescription link)
    {
        ushort state = (ushort)((link.Lanes << PciCapability.LinkStatusWidthShift) | BitOperations.Log2((uint)link.Rate));
        int capabilities = _expressOffset + PciCapability.ExpressLinkCapabilities;
        int status = _expressOffset + PciCapability.ExpressLinkStatus;
        Config.Set32(capabilities, (Config.U32(capabilities) & ~LinkBits) | state);
        Config.Set16(status, (ushort)((Config.U16(status) & ~LinkBits) | state));
        if (link.Flits != FlitKind.Bytes68)
        {
            Config.Set16(_expressOffset + PciCapability.ExpressLinkStatus2, PciCapability.LinkStatus2Flit);
        }
    }

    /// <summary>What of these bytes decides where registers answer: memory enable, BARs, bridge windows, the reset of what lies below.</summary>
    internal uint DecodeBits(int offset, int width)
    {
        const int last = PciConfig.CapabilityPointer - 1;
        bool isControl = offset < PciConfig.BridgeControl + 2 && offset + width > PciConfig.BridgeControl;
        uint bits = offset <= last || isControl ? Config.Read(offset, width) : 0;
        return offset >= PciConfig.Bar0 ? bits : DecodesMemory ? 1u : 0;
    }

    /// <param name="doe">The mailbox.</param>
    /// <param name="interrupt">What it says of its interrupt: bit 0 for having one, its number above.</param>
    protected void AddDoe(DoeMailbox doe, uint interrupt)
    {
        _doeOffset = Config.AddExtendedCapability(PciCapability.Doe, PciCapability.DoeLength);
        Config.Set32(_doeOffset + PciCapability.DoeCapabilities, interrupt);
        _doe = doe;
    }

    /// <summary>The express capability, which tells what kind of port or endpoint the function is.</summary>
    protected void AddExpress(int offset, byte portType, byte portNumber)
    {
        _expressOffset = offset;
        Config.AddCapability(PciCapability.Express, offset);
        Config.Set16(offset + PciCapability.ExpressFlags, (ushort)(2 | (portType << 4)));
        Config.Set32(offset + PciCapability.ExpressDeviceCapabilities, portType is PciCapability.ExpressTypeUpstreamPort or PciCapability.ExpressTypeDownstreamPort ? SwitchPortFeatures : DeviceFeatures);
        Config.Set16(offset + PciCapability.ExpressDeviceControl, 0, PciCapability.DeviceControlReportErrors);
        Config.Set32(
            offset + PciCapability.ExpressLinkCapabilities, ((uint)portNumber << PciCapability.LinkPortNumberShift) | LinkPowerStates | LinkAtFullSpeed);
        Config.Set16(offset + PciCapability.ExpressLinkStatus, LinkAtFullSpeed);
    }

    /// <summary>Advanced error reporting, as QEMU's functions have it; behind the express capability.</summary>
    /// <param name="features">Capabilities and control.</param>
    protected ErrorReporting AddErrorReporting(uint features) => Errors = new ErrorReporting(Config, _expressOffset, features);

    private bool IsDoe(int offset) => offset >= _doeOffset + PciCapability.DoeControl && offset <= _doeOffset + PciCapability.DoeReadMailbox;
}
