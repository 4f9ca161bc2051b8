namespace CxlSim.Core;

/// <summary>What a Linux call answers, as the positive number of <c>errno</c>; <see cref="Ok"/> is success.</summary>
public enum Errno
{
    Ok = 0,
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EINTR = 4,
    EIO = 5,
    ENXIO = 6,
    E2BIG = 7,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EBUSY = 16,
    EEXIST = 17,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    ENOTTY = 25,
    EFBIG = 27,
    ENOSPC = 28,
    EPIPE = 32,
    ERANGE = 34,
    ENOSYS = 38,
    EOPNOTSUPP = 95,
    ETIMEDOUT = 110,
    ENOKEY = 126,
    EHWPOISON = 133,

    /// <summary>Internal to the driver core: probe again when something new has bound (<c>include/linux/errno.h</c>).</summary>
    EPROBE_DEFER = 517,
}
