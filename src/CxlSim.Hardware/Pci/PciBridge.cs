using CxlSim.Core;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A PCI-to-PCI bridge: root port, upstream or downstream port. Forwards what its registers say (PCI Express Base 6.0 7.5.1.3).</summary>
public class PciBridge : PciFunction
{
    public PciBridge(byte device, byte function, ushort vendorId, ushort deviceId)
        : base(device, function, vendorId, deviceId, PciClass.PciBridge)
    {
        Config.Set8(PciConfig.HeaderType, PciConfig.HeaderTypeBridge);
        Config.Set8(PciConfig.PrimaryBus, 0, 0xff);
        Config.Set8(PciConfig.SecondaryBus, 0, 0xff);
        Config.Set8(PciConfig.SubordinateBus, 0, 0xff);
        Config.Set16(PciConfig.MemoryBase, 0, 0xfff0);
        Config.Set16(PciConfig.MemoryLimit, 0, 0xfff0);
        Config.Set16(PciConfig.PrefetchBase, 1, 0xfff0); // bit 0: 64-bit
        Config.Set16(PciConfig.PrefetchLimit, 1, 0xfff0);
        Config.Set32(PciConfig.PrefetchBaseUpper, 0, uint.MaxValue);
        Config.Set32(PciConfig.PrefetchLimitUpper, 0, uint.MaxValue);
        Config.Set16(PciConfig.BridgeControl, 0, PciConfig.BridgeControlBusReset);
    }

    /// <summary>The functions on the bus below.</summary>
    public List<PciFunction> Children { get; } = [];

    public byte SecondaryBus => (byte)Config.Read(PciConfig.SecondaryBus, 1);

    public override void WriteConfig(int offset, int width, uint value)
    {
        bool was = IsBusInReset;
        base.WriteConfig(offset, width, value);
        if (!was && IsBusInReset && !IsBusResetMasked)
        {
            Children.ForEach(child => child.HotReset());
        }
    }

    internal override void HotReset()
    {
        base.HotReset();
        Children.ForEach(child => child.HotReset());
    }

    /// <summary>Whether a function stands on the bus below, or further down.</summary>
    public bool IsAbove(PciFunction function) => Children.Contains(function) || Children.OfType<PciBridge>().Any(child => child.IsAbove(function));

    public bool ForwardsBus(byte bus) => SecondaryBus != 0 && bus >= SecondaryBus && bus <= Config.Read(PciConfig.SubordinateBus, 1);

    /// <summary>True where the bridge passes the whole range down through its memory or its prefetchable window.</summary>
    public bool ForwardsMemory(AddressRange range) => DecodesMemory && (MemoryWindow.Contains(range) || PrefetchWindow.Contains(range));

    /// <summary>The bit that resets the secondary bus does nothing.</summary>
    protected virtual bool IsBusResetMasked => false;

    private bool IsBusInReset => (Config.U16(PciConfig.BridgeControl) & PciConfig.BridgeControlBusReset) != 0;

    private Window MemoryWindow => new(
        (ulong)Config.U16(PciConfig.MemoryBase) << 16,
        ((ulong)(Config.U16(PciConfig.MemoryLimit) & 0xfff0) << 16) | 0xf_ffff);

    private Window PrefetchWindow => new(
        ((ulong)Config.U32(PciConfig.PrefetchBaseUpper) << 32) | ((ulong)(Config.U16(PciConfig.PrefetchBase) & 0xfff0) << 16),
        ((ulong)Config.U32(PciConfig.PrefetchLimitUpper) << 32) | ((ulong)(Config.U16(PciConfig.PrefetchLimit) & 0xfff0) << 16) | 0xf_ffff);

    /// <summary>A window whose limit lies below its base is closed.</summary>
    private readonly record struct Window(ulong Base, ulong Limit)
    {
        public bool Contains(AddressRange range) => Base != 0 && range.Start.Value >= Base && range.Last.Value <= Limit;
    }
}
