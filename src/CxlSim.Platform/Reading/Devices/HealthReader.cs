using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>health:</c> of a device.</summary>
internal static class HealthReader
{
    private const ulong MostPercent = 255;
    private const ulong MostDegrees = 32_767;

    private static readonly HealthDescription Usual = new();

    private static readonly (string Word, HealthStatus Value)[] StatusWords =
    [
        ("maintenance_needed", HealthStatus.MaintenanceNeeded),
        ("performance_degraded", HealthStatus.PerformanceDegraded),
        ("replacement_needed", HealthStatus.ReplacementNeeded),
    ];

    private static readonly (string Word, HealthMedia Value)[] MediaWords =
    [
        ("normal", HealthMedia.Normal),
        ("not_ready", HealthMedia.NotReady),
        ("persistency_lost", HealthMedia.WritePersistencyLost),
        ("data_lost", HealthMedia.AllDataLost),
        ("powerloss_persistency_loss", HealthMedia.WritePersistencyLossAtPowerLoss),
        ("shutdown_persistency_loss", HealthMedia.WritePersistencyLossAtShutdown),
        ("persistency_loss_imminent", HealthMedia.WritePersistencyLossImminent),
        ("powerloss_data_loss", HealthMedia.AllDataLossAtPowerLoss),
        ("shutdown_data_loss", HealthMedia.AllDataLossAtShutdown),
        ("data_loss_imminent", HealthMedia.AllDataLossImminent),
    ];

    public static readonly KeySet Keys = new("the health of a device",
    [
        new("status", Shapes.List(Shapes.Words(StatusWords.Select(word => word.Word))), "What it needs. Left out: nothing."),
        new("media", Shapes.Words(MediaWords.Select(word => word.Word)), "Left out: normal."),
        new("life_used", Shapes.Number(0, MostPercent), "Percent. Left out: 0."),
        new("temperature", Shapes.Number(0, MostDegrees), $"Degrees Celsius. Left out: {Usual.Temperature}."),
        new("dirty_shutdowns", Shapes.Number(0, uint.MaxValue), "Left out: 0."),
        new("volatile_errors", Shapes.Number(0, uint.MaxValue), "Corrected errors of volatile memory. Left out: 0."),
        new("persistent_errors", Shapes.Number(0, uint.MaxValue), "Corrected errors of persistent memory. Left out: 0."),
    ]);

    public static HealthDescription? Read(ReadContext context, YamlNode? node) =>
        node is null || MappingReader.Open(context, node, Keys) is not { } reader ? null : new HealthDescription
        {
            Status = (reader.Values("status", text => WordParser.Choice(text, StatusWords)) ?? []).Aggregate(HealthStatus.None, (all, word) => all | word),
            Media = reader.Choice("media", MediaWords) ?? Usual.Media,
            LifeUsed = reader.Number<byte>("life_used") ?? Usual.LifeUsed,
            Temperature = reader.Number<short>("temperature") ?? Usual.Temperature,
            DirtyShutdowns = reader.Number<uint>("dirty_shutdowns") ?? Usual.DirtyShutdowns,
            VolatileErrors = reader.Number<uint>("volatile_errors") ?? Usual.VolatileErrors,
            PersistentErrors = reader.Number<uint>("persistent_errors") ?? Usual.PersistentErrors,
        };

    /// <summary>The words that mean this status.</summary>
    public static IEnumerable<string> WordsOf(HealthStatus status) => StatusWords.Where(word => status.HasFlag(word.Value)).Select(word => word.Word);

    public static string WordOf(HealthMedia media) => Array.Find(MediaWords, word => word.Value == media).Word;
}
