using System.Numerics;
using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>type3:</c>.</summary>
internal static class Type3Reader
{
    /// <summary>Identify has 16 bytes for it (CXL r3.1 8.2.9.9.1.1).</summary>
    private const int FirmwareVersionLength = 16;

    /// <summary>What QEMU's device says.</summary>
    internal const string DefaultFirmwareVersion = "BWFW VERSION 00";

    /// <summary>What QEMU's device has.</summary>
    internal const int DefaultFirmwareSlots = 2;

    /// <summary>Get FW Info has room for as many (CXL r3.1 8.2.9.3.1).</summary>
    private const int MostFirmwareSlots = 4;

    /// <summary>Room for two index blocks and some hundred labels of 256 bytes. Assumed.</summary>
    private static readonly ByteSize DefaultLabelStorage = ByteSize.KiB(128);

    /// <summary>A device keeps it in memory of its own; the 32 bits of Identify are no size for that.</summary>
    private static readonly ByteSize MostLabelStorage = ByteSize.GiB(1);

    /// <summary>What QEMU's device has.</summary>
    internal static readonly ByteSize DefaultPayload = ByteSize.KiB(2);

    /// <summary>A DSLBIS entry has 16 bits, and 0xffff is reserved; the base unit can be a nanosecond.</summary>
    private const ulong MostLatency = 0xfffe;

    /// <summary>The base unit can be some megabytes per second.</summary>
    private const ulong MostBandwidth = 1_000_000;

    /// <summary>What QEMU's device says: 150 ns to read, 250 ns to write, 16 GB/s.</summary>
    internal static readonly CdatDescription DefaultCdat = new(150, 250, 16_000, 16_000);

    private static readonly KeySet CdatKeys = new("a CDAT",
    [
        new("read_latency_ns", Shapes.Number(1, MostLatency), $"Nanoseconds. Left out: {DefaultCdat.ReadLatencyNs}."),
        new("write_latency_ns", Shapes.Number(1, MostLatency), $"Nanoseconds. Left out: {DefaultCdat.WriteLatencyNs}."),
        new("read_bandwidth_mbs", Shapes.Number(1, MostBandwidth), $"MB/s. Left out: {DefaultCdat.ReadBandwidthMBs}."),
        new("write_bandwidth_mbs", Shapes.Number(1, MostBandwidth), $"MB/s. Left out: {DefaultCdat.WriteBandwidthMBs}."),
        .. CdatReader.Keys,
    ]);

    public static readonly KeySet Keys = new("a Type-3 device",
    [
        new("id", Shapes.Name, "Your name for it, for steps and messages; left out, made from its place."),
        new("volatile", Shapes.Size, "Volatile capacity, a multiple of 256 MiB."),
        new("persistent", Shapes.Size, "Persistent capacity, a multiple of 256 MiB."),
        new("label_storage", Shapes.Size, "Label storage area, at most 1 GiB; left out, 128 KiB where there is persistent capacity."),
        new("serial", Shapes.Number(), "PCIe device serial number. Left out: 0."),
        HdmDecoderCount.Key,
        InterleaveReader.Key,
        new("mailbox_payload", Shapes.Size, "A power of two from 256 B to 1 MiB. Left out: 2 KiB."),
        new("firmware_version", Shapes.Text, "At most 16 characters."),
        new("partition_alignment", Shapes.Size, "Steps by which software may divide the capacity anew with Set Partition Info, a multiple of 256 MiB. Left out: it may not."),
        new("firmware_slots", Shapes.Number(1, MostFirmwareSlots), $"Firmware images that the device holds. Left out: {DefaultFirmwareSlots}."),
        new("sanitize_time", Shapes.Duration, "How long a sanitize takes. Left out: by capacity, as QEMU's device; 8 s for 1 GiB."),
        new("health", Shapes.Mapping(() => HealthReader.Keys), "What the device says of its health. Left out: it has no command for it."),
        new("security", Shapes.Mapping(() => SecurityReader.Keys), "Makes a device with passphrases. Left out: it only tells that it has none."),
        new("cdat", Shapes.Mapping(() => CdatKeys), "What the device says of its own speed."),
        PathReader.DeviceKey,
        new("report_internal_errors", Shapes.Flag, "Firmware lets internal errors through, which errors of CXL.mem are to PCI Express. Left out: false; they are masked, as at power-on."),
        DeviceFlagsReader.FaultsKey,
        DeviceFlagsReader.DvsecsKey,
    ]);

    public static Type3Description? Read(ReadContext context, YamlNode node, string defaultId)
    {
        if (MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return null;
        }

        ByteSize volatileSize = Capacity(reader, "volatile");
        ByteSize persistent = Capacity(reader, "persistent");
        if (volatileSize.IsZero && persistent.IsZero && reader.IsSound("volatile") && reader.IsSound("persistent"))
        {
            context.Error(Cxp.NoCapacity, node.Location, "a device without capacity; expected 'volatile', 'persistent' or both");
        }

        return context.Register(
            new Type3Description
            {
                Id = reader.Name("id") ?? defaultId,
                Volatile = volatileSize,
                Persistent = persistent,
                LabelStorage = reader.Size("label_storage", ByteSize.Zero, MostLabelStorage) ?? (persistent.IsZero ? ByteSize.Zero : DefaultLabelStorage),
                Serial = reader.Number<ulong>("serial") ?? 0,
                HdmDecoders = HdmDecoderCount.ReadOptional(reader),
                Interleave = InterleaveReader.Read(reader),
                MailboxPayload = MailboxPayload(reader),
                FirmwareVersion = reader.Text("firmware_version", text => WordParser.Ascii(text, FirmwareVersionLength)) ?? DefaultFirmwareVersion,
                PartitionAlignment = Capacity(reader, "partition_alignment"),
                FirmwareSlots = reader.Number<int>("firmware_slots") ?? DefaultFirmwareSlots,
                SanitizeNs = reader.Duration("sanitize_time"),
                Health = HealthReader.Read(context, reader.Node("health")),
                Security = SecurityReader.Read(context, reader.Node("security")),
                Cdat = reader.Node("cdat") is { } cdat ? ReadCdat(context, cdat) : DefaultCdat,
                Path = PathReader.ReadDevice(context, reader.Node("path")),
                ReportsInternalErrors = reader.Flag("report_internal_errors") ?? false,
                Faults = DeviceFlagsReader.Faults(reader),
                Dvsecs = DeviceFlagsReader.Dvsecs(reader),
            },
            reader.Mapping);
    }

    private static ByteSize Capacity(MappingReader reader, string key)
    {
        ByteSize size = reader.Size(key, ByteSize.Zero, new ByteSize(AddressSpace.Limit)) ?? ByteSize.Zero;
        if (!size.IsMultipleOf(AddressSpace.CxlUnit))
        {
            reader.Refuse(key, Cxp.CapacityUnit, $"found {size} as {key}; expected a multiple of 256 MiB, in which Identify counts");
        }

        return size;
    }

    private static ByteSize MailboxPayload(MappingReader reader)
    {
        ByteSize size = reader.Size("mailbox_payload", ByteSize.Zero, new ByteSize(ulong.MaxValue)) ?? DefaultPayload;
        if (size.Bytes is < 256 or > 1 << 20 || !BitOperations.IsPow2(size.Bytes))
        {
            reader.Refuse("mailbox_payload", Cxp.MailboxPayload, $"found a mailbox payload of {size}; expected a power of two from 256 B to 1 MiB");
        }

        return size;
    }

    private static CdatDescription ReadCdat(ReadContext context, YamlNode node)
    {
        return MappingReader.Open(context, node, CdatKeys) is not { } reader ? DefaultCdat : new CdatDescription(
            reader.Number<int>("read_latency_ns") ?? DefaultCdat.ReadLatencyNs,
            reader.Number<int>("write_latency_ns") ?? DefaultCdat.WriteLatencyNs,
            reader.Number<int>("read_bandwidth_mbs") ?? DefaultCdat.ReadBandwidthMBs,
            reader.Number<int>("write_bandwidth_mbs") ?? DefaultCdat.WriteBandwidthMBs)
        {
            Header = CdatReader.ReadHeader(reader),
            Records = CdatReader.ReadRecords(context, reader),
        };
    }
}
