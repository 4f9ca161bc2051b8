using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Errors as programs say them (<c>strerror(3)</c>).</summary>
internal static class ToolErrors
{
    public static string Text(Errno error) => error switch
    {
        Errno.EBUSY => "Device or resource busy",
        Errno.EINVAL => "Invalid argument",
        Errno.EIO => "Input/output error",
        Errno.ENODEV => "No such device",
        Errno.ENOENT => "No such file or directory",
        Errno.ENOMEM => "Cannot allocate memory",
        Errno.ENOSPC => "No space left on device",
        Errno.ENXIO => "No such device or address",
        Errno.EOPNOTSUPP => "Operation not supported",
        _ => error.ToString(),
    };
}
