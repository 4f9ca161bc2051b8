using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>health:</c> and <c>security:</c> of a device.</summary>
internal static class DeviceStateWriter
{
    public static string? Write(HealthDescription? health)
    {
        if (health is null)
        {
            return null;
        }

        HealthDescription usual = new();
        return new FlowMapping()
            .Add("status", ScalarText.List(HealthReader.WordsOf(health.Status)), health.Status != usual.Status)
            .Add("media", HealthReader.WordOf(health.Media), health.Media != usual.Media)
            .Number("life_used", health.LifeUsed, usual.LifeUsed)
            .Number("temperature", (ulong)health.Temperature, (ulong)usual.Temperature)
            .Number("dirty_shutdowns", health.DirtyShutdowns, usual.DirtyShutdowns)
            .Number("volatile_errors", health.VolatileErrors, usual.VolatileErrors)
            .Number("persistent_errors", health.PersistentErrors, usual.PersistentErrors)
            .ToString();
    }

    public static string? Write(SecurityDescription? security) => security is null ? null : new FlowMapping()
        .Flag("secure_erase", security.SecureErase)
        .Add("passphrase", security.Passphrase is { } text ? ScalarText.Quoted(text) : null)
        .ToString();
}
