using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>timing:</c>; the defaults stand in <see cref="TimingDescription"/>, each with its source.</summary>
internal static class TimingReader
{
    private static readonly KeySet Keys = new(
        "the timing",
        [],
        ["mailbox_command", "decoder_commit", "doe_exchange", "media_ready", "firmware", "struct_page_init", "memory_block_add"]);

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
            FirmwareNs = reader.Duration("firmware") ?? known.FirmwareNs,
            StructPageInitNs = reader.Duration("struct_page_init") ?? known.StructPageInitNs,
            MemoryBlockAddNs = reader.Duration("memory_block_add") ?? known.MemoryBlockAddNs,
        };
    }
}
