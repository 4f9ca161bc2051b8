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
    private const int Vectors = 8;

    /// <summary>Vectors as QEMU's device deals them out: DOE, performance, event logs (and one for dynamic capacity), mailbox.</summary>
    private const int FirstEventVector = 2;
    private const int MailboxVector = 7;
    private const int PendingBits = 0x800;
    private const int ErrorReportingOffset = 0x200;
    private const uint ErrorFeatures = 0xa0;

    private readonly Simulation _simulation;
    private readonly SimTime _mediaReadyAt;
    private readonly DvsecRanges? _ranges;

    /// <param name="simulation">Commands, commits and media take virtual time.</param>
    /// <param name="description">The device.</param>
    /// <param name="timing">How long they take.</param>
    /// <param name="isRestricted">A CXL 1.1 device: an endpoint of the root complex, whose component registers the RCRB leads to.</param>
    public Type3Device(Simulation simulation, Type3Description description, TimingDescription timing, bool isRestricted = false)
        : base(0, 0, 0x8086, 0x0d93, PciClass.CxlMemory)
    {
        _simulation = simulation;
        _mediaReadyAt = simulation.Now + SimDuration.Nanoseconds(timing.MediaReadyNs);
        Description = description;
        Hdm = description.HdmDecoders == 0
            ? null
            : new HdmDecoderBank(simulation, description.Id, description.HdmDecoders, targetCount: 0, description.Interleave, SimDuration.Nanoseconds(timing.DecoderCommitNs));
        if (Hdm is { } hdm)
        {
            hdm.Changed += () => DecodeChanged?.Invoke();
        }

        Units = new MailboxUnits(simulation, description, timing, Media, FirstEventVector);
        Units.Events.Interrupted += Interrupt;
        Components = new ComponentRegisterBlock(ComponentCapabilities.Of(Hdm));
        Mailbox = NewMailbox(timing);
        Registers = new DeviceRegisterBlock(simulation, Mailbox, Units, _mediaReadyAt, description.Faults);
        AddBars(Mailbox.Length, isRestricted);
        AddExpress(ExpressOffset, isRestricted ? PciCapability.ExpressTypeIntegratedEndpoint : PciCapability.ExpressTypeEndpoint, 0);
        int serial = Config.AddExtendedCapability(PciCapability.SerialNumber, 12);
        Config.Set32(serial + 4, Bits.Low32(description.Serial));
        Config.Set32(serial + 8, Bits.High32(description.Serial));
        _ranges = Has(DeviceFaults.NoDeviceDvsec) ? null : new DvsecRanges(Config, description, isRestricted);
        AddLocator(isRestricted);
        CxlDvsecs.AddDeviceGpf(Config);
        AddFlexBus(isRestricted);
        AddDoe(new DoeMailbox(simulation, SimDuration.Nanoseconds(timing.DoeExchangeNs), new CdatTable(description), Has(DeviceFaults.DoeStuck)), interrupt: 1);
        Config.SkipTo(ErrorReportingOffset);
        ReportErrors(AddErrorReporting(ErrorFeatures));
        AddExtraDvsecs();
    }

    /// <summary>Raised when other addresses are decoded than before: whoever caches routes must look again.</summary>
    public event Action? DecodeChanged;

    /// <summary>It sends a message: the vector.</summary>
    public event Action<int>? Interrupted;

    public Type3Description Description { get; }

    /// <summary>Null for a device that decodes by the ranges of its DVSEC.</summary>
    public HdmDecoderBank? Hdm { get; }

    public ComponentRegisterBlock Components { get; }

    public DeviceRegisterBlock Registers { get; }

    /// <summary>The bytes themselves, addressed by DPA.</summary>
    public SparseMemory Media { get; } = new();

    /// <summary>What answers behind its mailbox.</summary>
    public MailboxUnits Units { get; }

    public Mailbox Mailbox { get; }

    public PoisonedLines Poison => Units.Poison;

    public override uint ReadConfig(int offset, int width)
    {
        _ranges?.Show(_simulation.Now >= _mediaReadyAt);
        return base.ReadConfig(offset, width);
    }

    public override void WriteConfig(int offset, int width, uint value)
    {
        if (_ranges is not { } ranges || !ranges.Holds(offset))
        {
            base.WriteConfig(offset, width, value);
        }
        else if (!ranges.Refuses(offset))
        {
            base.WriteConfig(offset, width, value);
            DecodeChanged?.Invoke();
        }
    }

    /// <summary>Configuration and decoders are lost, media and mailbox not: as QEMU's device has it.</summary>
    internal override void HotReset()
    {
        base.HotReset();
        Hdm?.Reset();
        DecodeChanged?.Invoke();
    }

    /// <summary>What is left of the same device after it was without power: persistent bytes and the poison in them, labels, passphrases, images of its firmware.</summary>
    /// <param name="old">It as it was.</param>
    /// <param name="keepsVolatile">It was not without power.</param>
    internal void TakeOver(Type3Device old, bool keepsVolatile)
    {
        ulong kept = keepsVolatile ? 0 : old.Description.Volatile.Bytes;
        Media.CopyPagesFrom(old.Media, kept);
        Units.Poison.CopyFrom(old.Units.Poison, kept);
        Units.Security.TakeOver(old.Units.Security, keepsVolatile);
        Units.Labels.CopyFrom(old.Units.Labels);
        Units.Firmware.TakeOver(old.Units.Firmware);
    }

    internal EndpointNode ToDecodeNode(int number) => new(number, Decoders(), Description.Id, Description.Volatile + Description.Persistent);

    /// <summary>The switch that keeps committed decoders from decoding, as its register calls it; null where none does (CXL r3.1 8.1.3.2, 8.2.4.20.2).</summary>
    public string? OffSwitch => Hdm is null || Hdm.Committed().Count == 0 ? null
        : _ranges is not { IsEnabled: true } ? "Mem_Enable"
        : Hdm.IsEnabled ? null : "HDM Decoder Enable";

    /// <summary>The DVSEC ranges decode as long as software has not switched the HDM decoders on (CXL r3.1 8.1.3.8).</summary>
    private IReadOnlyList<HdmDecoder> Decoders() => _ranges is not { IsEnabled: true } ranges ? [] : Hdm is { IsEnabled: true } hdm ? hdm.Committed() : ranges.Decoders();

    private static ByteSize DeviceBarSize(int mailboxLength) =>
        new(Math.Max(ByteSize.Page.Bytes, System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)mailboxLength + 0x100)));

    /// <summary>Messages go out only while software has them on.</summary>
    private void Interrupt(int vector)
    {
        if ((Config.U16(MsiXOffset + PciCapability.MsiXControl) & PciCapability.MsiXEnable) != 0)
        {
            Interrupted?.Invoke(vector);
        }
    }

    private bool Has(DeviceFaults fault) => Description.Faults.HasFlag(fault);

    private Mailbox NewMailbox(TimingDescription timing)
    {
        const ulong tooSmall = 128;
        Mailbox mailbox = new(
            _simulation,
            Description.Id,
            Has(DeviceFaults.MailboxTooSmall) ? new ByteSize(tooSmall) : Description.MailboxPayload,
            SimDuration.Nanoseconds(timing.MailboxCommandNs),
            Units.Commands(),
            MailboxVector,
            Has(DeviceFaults.MailboxStuck));
        mailbox.Interrupted += Interrupt;
        return mailbox;
    }

    private void AddBars(int mailboxLength, bool isRestricted)
    {
        Config.Set8(PciConfig.Revision, 1);
        Config.Set16(PciConfig.SubsystemVendorId, 0x1af4); // as QEMU's device
        Config.Set16(PciConfig.SubsystemId, 0x1100);
        if (!isRestricted)
        {
            AddBar(new Bar(ComponentBar, new ByteSize(ComponentRegisters.BlockSize), Is64Bit: true, Prefetchable: false, Components));
        }

        AddBar(new Bar(DeviceBar, DeviceBarSize(mailboxLength), Is64Bit: true, Prefetchable: false, Registers));
        AddBar(new Bar(MsiXBar, ByteSize.Page, Is64Bit: false, Prefetchable: false, Block: null));
        Config.AddCapability(PciCapability.MsiX, MsiXOffset);
        Config.Set16(MsiXOffset + PciCapability.MsiXControl, Vectors - 1, PciCapability.MsiXEnable);
        Config.Set32(MsiXOffset + PciCapability.MsiXTable, MsiXBar);
        Config.Set32(MsiXOffset + PciCapability.MsiXPendingBits, PendingBits | MsiXBar);
    }

    private void AddLocator(bool isRestricted)
    {
        const uint beyond = 0x10_0000;
        (byte, int, uint) component = (isRestricted || Has(DeviceFaults.NoComponentRegisters) ? Dvsec.BlockEmpty : Dvsec.BlockComponent, ComponentBar, 0);
        (byte, int, uint) device = (Has(DeviceFaults.NoDeviceRegisters) ? Dvsec.BlockEmpty : Dvsec.BlockDevice, DeviceBar, Has(DeviceFaults.BlockBeyondBar) ? beyond : 0);
        if (!Has(DeviceFaults.NoRegisterLocator))
        {
            RegisterLocator.Install(Config, component, device);
        }
    }

    /// <summary>Errors of CXL.mem are internal ones to PCI Express (CXL r3.1 12.2).</summary>
    private void ReportErrors(ErrorReporting errors)
    {
        if (Components.Ras is { } ras)
        {
            ras.CorrectableReported += () => errors.RaiseCorrectable(PciCapability.CorrectableInternalError);
            ras.UncorrectableReported += () => errors.RaiseUncorrectable(PciCapability.UncorrectableInternalError, []);
        }

        if (Description.ReportsInternalErrors)
        {
            errors.UnmaskInternal();
        }
    }

    private void AddFlexBus(bool isRestricted)
    {
        if (isRestricted)
        {
            CxlDvsecs.AddRestrictedFlexBus(Config);
        }
        else
        {
            CxlDvsecs.AddFlexBus(Config, hasCache: false, Dvsec.FlexBusIo, 0);
        }
    }

    private void AddExtraDvsecs()
    {
        if (Description.Dvsecs.HasFlag(ExtraDvsecs.FunctionMap))
        {
            CxlDvsecs.AddFunctionMap(Config);
        }

        if (Description.Dvsecs.HasFlag(ExtraDvsecs.MultiLogicalDevice))
        {
            CxlDvsecs.AddMultiLogicalDevice(Config, 1);
        }
    }
}
