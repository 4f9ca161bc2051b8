using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes a description as a platform file. Everything is said outright; reading it again gives an equal description.</summary>
public static class PlatformWriter
{
    /// <summary>Tables that the description holds as bytes, by the names of the files that have to lie beside the written one.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> TableFiles(PlatformDescription platform) => platform.Firmware.Tables
        .SelectMany(table => FirmwareWriter.FilesOf(platform, table.Key, table.Value))
        .ToDictionary(file => file.Name, file => file.Bytes);

    /// <param name="platform">A checked description.</param>
    /// <param name="comments">What the file says beside the values; null: nothing.</param>
    public static string Write(PlatformDescription platform, PlatformComments? comments = null)
    {
        YamlText text = new();
        foreach (string line in comments?.Head ?? [])
        {
            text.Comment(line);
        }

        text.Entry("name", ScalarText.Of(PlatformName.Near(platform.Name, "platform")));
        text.Line("");
        KernelWriter.Write(text, platform.Kernel, comments?.For(platform.Kernel));
        text.Comment(comments?.For(platform.Memory));
        text.Block("memory:", () => MemoryWriter.Write(text, platform.Memory));
        text.Line("");
        text.Comment(comments?.For(platform.Firmware));
        FirmwareWriter.Write(text, platform);
        if (Timing(platform.Timing) is { IsEmpty: false } timing)
        {
            text.Entry("timing", timing.ToString());
        }

        if (platform.HostBridges.Count > 0)
        {
            text.Line("");
            text.Block("host_bridges:", () => HostBridgeWriter.Write(text, platform.HostBridges, comments));
        }

        if (platform.Windows.Count > 0)
        {
            text.Line("");
            text.Block("windows:", () => WindowWriter.Write(text, platform.Windows, comments));
        }

        if (platform.Steps.Count > 0)
        {
            text.Line("");
            text.List("steps", platform.Steps.Select(StepWriter.Write));
        }

        return text.ToString();
    }

    private static FlowMapping Timing(TimingDescription timing)
    {
        TimingDescription known = new();
        FlowMapping mapping = new();
        Add("mailbox_command", timing.MailboxCommandNs, known.MailboxCommandNs);
        Add("decoder_commit", timing.DecoderCommitNs, known.DecoderCommitNs);
        Add("doe_exchange", timing.DoeExchangeNs, known.DoeExchangeNs);
        Add("media_ready", timing.MediaReadyNs, known.MediaReadyNs);
        Add("firmware_part", timing.FirmwarePartNs, known.FirmwarePartNs);
        Add("firmware", timing.FirmwareNs, known.FirmwareNs);
        Add("struct_page_init", timing.StructPageInitNs, known.StructPageInitNs);
        Add("memory_block_add", timing.MemoryBlockAddNs, known.MemoryBlockAddNs);
        Add("page_migration", timing.PageMigrationNs, known.PageMigrationNs);
        mapping.Add("host", PathWriter.Host(timing.Host));
        return mapping;

        void Add(string key, double value, double usual) => mapping.Add(key, value.Equals(usual) ? null : ScalarText.Nanoseconds(value));
    }
}
