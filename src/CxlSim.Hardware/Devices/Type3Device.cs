using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hdm;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A Type-3 memory device: configuration space, component and device registers, mailbox, CDAT, media.</summary>
public sealed class Type3Device : PciFunction
{
    private const int MsiXOffset = 0x40;
    private const int ExpressOffset = 0x80;
    private const int ComponentBar = 0;
    private const int DeviceBar = 2;
    private const int MsiXBar = 4;

    public Type3Device(Simulation simulation, Type3Description description, TimingDescription timing)
        : base(0, 0, 0x8086, 0x0d93, PciClass.CxlMemory)
    {
        Description = description;
        SimDuration commitTime = SimDuration.Nanoseconds(timing.DecoderCommitNs);
        Hdm = new HdmDecoderBank(simulation, description.Id, description.HdmDecoders, targetCount: 0, commitTime);
        Poison = new PoisonedLines(description.Volatile + description.Persistent, Media);
        Mailbox mailbox = new(
            simulation, description.Id, description.MailboxPayload, SimDuration.Nanoseconds(timing.MailboxCommandNs), new MailboxCommands(description, Poison));
        SimTime mediaReadyAt = simulation.Now + SimDuration.Nanoseconds(timing.MediaReadyNs);

        Config.Set8(PciConfig.Revision, 1);
        AddBar(new Bar(
            ComponentBar, new ByteSize(ComponentRegisters.BlockSize), Is64Bit: true, Prefetchable: false, new ComponentRegisterBlock(hasRas: true, Hdm)));
        AddBar(new Bar(
            DeviceBar, DeviceBarSize(mailbox.Length), Is64Bit: true, Prefetchable: false, new DeviceRegisterBlock(simulation, mailbox, mediaReadyAt)));
        AddBar(new Bar(MsiXBar, ByteSize.Page, Is64Bit: false, Prefetchable: false, Block: null));
        Config.AddCapability(PciCapability.MsiX, MsiXOffset);
        Config.Set16(MsiXOffset + PciCapability.MsiXControl, 7, PciCapability.MsiXEnable); // eight vectors
        AddExpress(ExpressOffset, PciCapability.ExpressTypeEndpoint, 0);

        int serial = Config.AddExtendedCapability(PciCapability.SerialNumber, 12);
        Config.Set32(serial + 4, Bits.Low32(description.Serial));
        Config.Set32(serial + 8, Bits.High32(description.Serial));
        AddDeviceDvsec(description);
        RegisterLocator.Install(Config, (Dvsec.BlockComponent, ComponentBar), (Dvsec.BlockDevice, DeviceBar));
        Config.AddDvsec(Dvsec.DeviceGpfId, 0, Dvsec.DeviceGpfLength);
        int flexBus = Config.AddDvsec(Dvsec.FlexBusId, Dvsec.FlexBusRevision, Dvsec.FlexBusLength);
        Config.Set16(flexBus + Dvsec.FlexBusCapability, Dvsec.CapabilityIo | Dvsec.CapabilityMem);
        Config.Set16(flexBus + Dvsec.FlexBusStatus, Dvsec.CapabilityIo | Dvsec.CapabilityMem);

        AddDoe(new DoeMailbox(simulation, SimDuration.Nanoseconds(timing.DoeExchangeNs), new CdatTable(description)));
    }

    public Type3Description Description { get; }

    public HdmDecoderBank Hdm { get; }

    /// <summary>The bytes themselves, addressed by DPA.</summary>
    public SparseMemory Media { get; } = new();

    public PoisonedLines Poison { get; }

    internal EndpointNode ToDecodeNode(int number) => new(number, Hdm.Committed(), Description.Id, Description.Volatile + Description.Persistent);

    private static ByteSize DeviceBarSize(int mailboxLength) =>
        new(Math.Max(ByteSize.Page.Bytes, System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)mailboxLength + 0x100)));

    /// <summary>Capabilities, and the capacity as range 1: valid, active, starting at zero until software says otherwise (CXL r3.1 8.1.3).</summary>
    private void AddDeviceDvsec(Type3Description description)
    {
        int dvsec = Config.AddDvsec(Dvsec.DeviceId, Dvsec.DeviceRevision, Dvsec.DeviceLength);
        Config.Set16(
            dvsec + Dvsec.DeviceCapability,
            (ushort)(Dvsec.CapabilityIo | Dvsec.CapabilityMem | Dvsec.CapabilityMemHardwareInit | (1 << Dvsec.CapabilityHdmCountShift)));
        Config.Set16(dvsec + Dvsec.DeviceControl, Dvsec.CapabilityIo, Dvsec.ControlMemEnable);
        ulong capacity = (description.Volatile + description.Persistent).Bytes;
        Config.Set32(dvsec + Dvsec.DeviceRange1SizeHigh, Bits.High32(capacity));
        Config.Set32(dvsec + Dvsec.DeviceRange1SizeLow, (uint)(capacity & 0xf000_0000) | Dvsec.RangeMemoryActive | Dvsec.RangeMemoryInfoValid);
        Config.Set32(dvsec + Dvsec.DeviceRange1BaseHigh, 0, uint.MaxValue);
        Config.Set32(dvsec + Dvsec.DeviceRange1BaseLow, 0, 0xf000_0000);
    }
}
