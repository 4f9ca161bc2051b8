using System.Numerics;
using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Makes Type-3 devices of PCI functions and of what Linux showed of them.</summary>
internal sealed partial class DeviceAssembler(ImportSources sources, Type3Description usual)
{
    private const int LongestFirmwareVersion = 16;

    /// <summary>A decoder of the HDM capability takes so many bytes, its head half of it (CXL r3.1 8.2.4.20).</summary>
    private const int DecoderBytes = 0x20;
    private const int HeadBytes = 0x10;

    /// <summary>Component registers of a host bridge, a port or a device.</summary>
    private static readonly ByteSize RegisterBlock = ByteSize.KiB(64);

    private static readonly ByteSize CapacityUnit = ByteSize.MiB(256);

    private readonly ImportFindings _findings = sources.Findings;
    private readonly SortedDictionary<Bdf, Type3Description> _placed = [];

    /// <summary>Where each device was found.</summary>
    public IReadOnlyDictionary<Bdf, Type3Description> Placed => _placed;

    public Type3Description Device(PciFacts function)
    {
        MemdevFacts facts = sources.Cxl.Memdevs.GetValueOrDefault(function.Address, new MemdevFacts());
        ByteSize persistent = Capacity(function, facts.Persistent);
        ByteSize volatileSize = Capacity(function, facts.Volatile ?? (facts.Persistent is null ? FromRanges(function) : 0));
        if (volatileSize.IsZero && persistent.IsZero)
        {
            _findings.NotLearnt($"the capacity of {function.Address} is not in the capture ('cxl list' shows it); {CapacityUnit} is written");
            volatileSize = CapacityUnit;
        }

        ulong? serial = facts.Serial ?? function.Serial;
        if (serial is null)
        {
            _findings.NotLearnt($"the serial number of {function.Address} is not in the capture; 0 is written");
        }

        Type3Description device = usual with
        {
            Id = FormattableString.Invariant($"mem-{function.Address.Bus:x2}-{function.Address.Device:x2}.{function.Address.Function:x}"),
            Volatile = volatileSize,
            Persistent = persistent,
            LabelStorage = LabelStorage(facts, persistent),
            Serial = serial ?? 0,
            HdmDecoders = Legal(facts.HdmDecoders ?? Claimed(function), usual.HdmDecoders),
            MailboxPayload = Payload(facts),
            FirmwareVersion = Firmware(facts),
            ReportsInternalErrors = function.ReportsInternalErrors,
        };
        _placed[function.Address] = device;
        return device;
    }

    /// <summary>Decoders of a switch.</summary>
    public int DecodersOf(string port) => Legal(sources.Cxl.PortDecoders.TryGetValue(port, out int count) ? count : null, usual.HdmDecoders);

    /// <summary>Decoders of a host bridge; none where a single root port passes everything through: then Linux shows a decoder that has no registers.</summary>
    public int DecodersOf(string bridge, Hpa registers, int rootPorts)
    {
        bool hasRange = AddressRange.TryCreate(registers, RegisterBlock, out AddressRange range);
        int? claimed = hasRange && sources.Iomem is { IsWhole: true } iomem ? Decoders(iomem.Within(range)) ?? 0 : null;
        int? shown = sources.Cxl.PortDecoders.TryGetValue(bridge, out int count) ? count : null;
        return rootPorts <= 1 && (shown ?? 1) <= 1 && claimed is null or 0 ? 0 : Legal(claimed > 0 ? claimed : shown, rootPorts <= 1 ? 0 : usual.HdmDecoders);
    }

    /// <summary>What the driver has claimed of a device's registers.</summary>
    private int? Claimed(PciFacts function) =>
        sources.Iomem?.Find(function.Address.ToString()) is { } bar ? Decoders(sources.Iomem.Within(bar)) : null;

    private static int? Decoders(IEnumerable<(AddressRange Range, string Name)> claims)
    {
        ulong? size = claims.Where(claim => PortName().IsMatch(claim.Name)).Select(claim => (ulong?)claim.Range.Size.Bytes).FirstOrDefault();
        return size is > HeadBytes and <= 0x1000 ? (int)((size - HeadBytes) / DecoderBytes) : null;
    }

    private static int Legal(int? count, int otherwise) => count is { } decoders && HdmDecoderRegisters.TryEncodeCount(decoders, out _) ? decoders : otherwise;

    private ByteSize Capacity(PciFacts function, ulong? bytes)
    {
        ByteSize size = new(Math.Min(bytes ?? 0, 1UL << 50));
        ByteSize whole = CapacityUnit * (size / CapacityUnit);
        if (whole != size)
        {
            _findings.NotExpressed($"the capacity {size} of {function.Address} is no multiple of {CapacityUnit}; {whole} is written");
        }

        return whole;
    }

    private ulong FromRanges(PciFacts function)
    {
        if (function.RangeSize is { } size and > 0)
        {
            _findings.NotLearnt($"which part of {function.Address} is persistent is not in the capture; all of what its range registers say is written as volatile");
            return size;
        }

        return 0;
    }

    private ByteSize LabelStorage(MemdevFacts facts, ByteSize persistent)
    {
        ByteSize most = ByteSize.GiB(1);
        ByteSize otherwise = persistent.IsZero ? ByteSize.Zero : ByteSize.KiB(128);
        return facts.LabelStorage is { } bytes && bytes <= most.Bytes ? new ByteSize(bytes) : otherwise;
    }

    private ByteSize Payload(MemdevFacts facts) =>
        facts.MailboxPayload is >= 256 and <= 1 << 20 and { } bytes && BitOperations.IsPow2(bytes) ? new ByteSize(bytes) : usual.MailboxPayload;

    private string Firmware(MemdevFacts facts) =>
        facts.FirmwareVersion is { Length: <= LongestFirmwareVersion } text && text.All(letter => letter is >= ' ' and <= '~') ? text : usual.FirmwareVersion;

    [GeneratedRegex(@"^(?:port|endpoint)\d+$")]
    private static partial Regex PortName();
}
