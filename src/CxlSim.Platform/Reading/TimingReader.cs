using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>timing:</c>; the defaults stand in <see cref="TimingDescription"/>, each with its source.</summary>
internal static class TimingReader
{
    public static readonly KeySet Keys = new("the timing",
    [
        new("mailbox_command", Shapes.Duration, "From doorbell to answer."),
        new("decoder_commit", Shapes.Duration, "From COMMIT to COMMITTED."),
        new("doe_exchange", Shapes.Duration, "One DOE exchange."),
        new("media_ready", Shapes.Duration, "From power-on until media status says ready."),
        new("firmware_part", Shapes.Duration, "What a device does with one part of a firmware image."),
        new("firmware", Shapes.Duration, "What firmware needs from power-on to hand-off."),
        new("struct_page_init", Shapes.Duration, "Initialising one struct page when a block goes online."),
        new("memory_block_add", Shapes.Duration, "Adding one memory block."),
        new("page_migration", Shapes.Duration, "Moving a page in use to another place."),
        new("host", Shapes.Mapping(() => HostPathReader.Keys), "What accesses take in the host, for traffic (cxlsim mlc, cxlsim workload)."),
    ]);

    public static TimingDescription Read(ReadContext context, YamlNode? node)
    {
        TimingDescription known = new();
        if (node is null || MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return known;
        }

        return new TimingDescription
        {
            MailboxCommandNs = reader.Duration("mailbox_command") ?? known.MailboxCommandNs,
            DecoderCommitNs = reader.Duration("decoder_commit") ?? known.DecoderCommitNs,
            DoeExchangeNs = reader.Duration("doe_exchange") ?? known.DoeExchangeNs,
            MediaReadyNs = reader.Duration("media_ready") ?? known.MediaReadyNs,
            FirmwarePartNs = reader.Duration("firmware_part") ?? known.FirmwarePartNs,
            FirmwareNs = reader.Duration("firmware") ?? known.FirmwareNs,
            StructPageInitNs = reader.Duration("struct_page_init") ?? known.StructPageInitNs,
            MemoryBlockAddNs = reader.Duration("memory_block_add") ?? known.MemoryBlockAddNs,
            PageMigrationNs = reader.Duration("page_migration") ?? known.PageMigrationNs,
            Host = HostPathReader.Read(context, reader.Node("host")),
        };
    }
}
