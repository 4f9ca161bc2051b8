using CxlSim.Platform.Language;

namespace CxlSim.Platform.Reading;

/// <summary>Reads lists of words that each are a property of a device: <c>faults:</c> and <c>dvsecs:</c>.</summary>
internal static class DeviceFlagsReader
{
    private static readonly (string Word, DeviceFaults Value)[] FaultWords =
    [
        ("no_device_dvsec", DeviceFaults.NoDeviceDvsec),
        ("no_register_locator", DeviceFaults.NoRegisterLocator),
        ("no_device_registers", DeviceFaults.NoDeviceRegisters),
        ("no_component_registers", DeviceFaults.NoComponentRegisters),
        ("block_beyond_bar", DeviceFaults.BlockBeyondBar),
        ("no_mailbox", DeviceFaults.NoMailbox),
        ("media_not_valid", DeviceFaults.MediaNotValid),
        ("media_not_active", DeviceFaults.MediaNotActive),
        ("media_not_ready", DeviceFaults.MediaNotReady),
        ("mailbox_not_ready", DeviceFaults.MailboxNotReady),
        ("mailbox_stuck", DeviceFaults.MailboxStuck),
        ("mailbox_too_small", DeviceFaults.MailboxTooSmall),
        ("no_effects_log", DeviceFaults.NoEffectsLog),
        ("cdat_checksum", DeviceFaults.CdatChecksum),
        ("doe_stuck", DeviceFaults.DoeStuck),
    ];

    private static readonly (string Word, ExtraDvsecs Value)[] DvsecWords =
        [("function_map", ExtraDvsecs.FunctionMap), ("mld", ExtraDvsecs.MultiLogicalDevice)];

    public static readonly Key FaultsKey =
        new("faults", Shapes.List(Shapes.Words(FaultWords.Select(word => word.Word))), "What is wrong with the device, to see what software makes of it. Left out: nothing.");

    public static readonly Key DvsecsKey =
        new("dvsecs", Shapes.List(Shapes.Words(DvsecWords.Select(word => word.Word))), "CXL capabilities besides those that every device has. Left out: none.");

    public static DeviceFaults Faults(MappingReader reader) =>
        (reader.Values("faults", text => WordParser.Choice(text, FaultWords)) ?? []).Aggregate(DeviceFaults.None, (all, fault) => all | fault);

    public static ExtraDvsecs Dvsecs(MappingReader reader) =>
        (reader.Values("dvsecs", text => WordParser.Choice(text, DvsecWords)) ?? []).Aggregate(ExtraDvsecs.None, (all, dvsec) => all | dvsec);

    /// <summary>The words that mean these faults.</summary>
    public static IEnumerable<string> WordsOf(DeviceFaults faults) => FaultWords.Where(word => faults.HasFlag(word.Value)).Select(word => word.Word);

    /// <summary>The words that mean these capabilities.</summary>
    public static IEnumerable<string> WordsOf(ExtraDvsecs dvsecs) => DvsecWords.Where(word => dvsecs.HasFlag(word.Value)).Select(word => word.Word);
}
