namespace CxlSim.Kernel;

/// <summary>Lines of the log that belong to a device (<c>dev_printk</c> in <c>drivers/base/core.c</c>).</summary>
public static class DeviceLog
{
    public static void Error(this KernelLog log, Device device, string text) => log.Print(LogLevel.Error, Prefix(device) + text);

    public static void Alert(this KernelLog log, Device device, string text) => log.Print(LogLevel.Alert, Prefix(device) + text);

    public static void Critical(this KernelLog log, Device device, string text) => log.Print(LogLevel.Critical, Prefix(device) + text);

    public static void Warning(this KernelLog log, Device device, string text) => log.Print(LogLevel.Warning, Prefix(device) + text);

    public static void Info(this KernelLog log, Device device, string text) => log.Print(LogLevel.Info, Prefix(device) + text);

    public static void Debug(this KernelLog log, Device device, string text) => log.Print(LogLevel.Debug, Prefix(device) + text);

    /// <summary>Driver where bound, else bus, else nothing; then the name.</summary>
    private static string Prefix(Device device) => $"{device.Driver?.Name ?? device.Bus?.Name} {device.Name}: ";
}
