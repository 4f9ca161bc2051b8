namespace CxlSim.Kernel;

/// <summary>Severity of a kernel log line, as <c>printk</c> numbers it (<c>include/linux/kern_levels.h</c>).</summary>
public enum LogLevel
{
    Emergency = 0,
    Alert = 1,
    Critical = 2,
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}
