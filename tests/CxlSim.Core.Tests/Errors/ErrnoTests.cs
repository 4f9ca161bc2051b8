namespace CxlSim.Core.Tests.Errors;

public class ErrnoTests
{
    /// <summary>Numbers of include/uapi/asm-generic/errno-base.h, errno.h and include/linux/errno.h.</summary>
    private static readonly Dictionary<string, int> Linux = new()
    {
        ["Ok"] = 0, ["EPERM"] = 1, ["ENOENT"] = 2, ["ESRCH"] = 3, ["EINTR"] = 4, ["EIO"] = 5, ["ENXIO"] = 6, ["E2BIG"] = 7,
        ["ENOEXEC"] = 8, ["EBADF"] = 9, ["ECHILD"] = 10, ["EAGAIN"] = 11, ["ENOMEM"] = 12, ["EACCES"] = 13, ["EFAULT"] = 14,
        ["ENOTBLK"] = 15, ["EBUSY"] = 16, ["EEXIST"] = 17, ["EXDEV"] = 18, ["ENODEV"] = 19, ["ENOTDIR"] = 20, ["EISDIR"] = 21,
        ["EINVAL"] = 22, ["ENFILE"] = 23, ["EMFILE"] = 24, ["ENOTTY"] = 25, ["ETXTBSY"] = 26, ["EFBIG"] = 27, ["ENOSPC"] = 28,
        ["ESPIPE"] = 29, ["EROFS"] = 30, ["EMLINK"] = 31, ["EPIPE"] = 32, ["EDOM"] = 33, ["ERANGE"] = 34, ["EDEADLK"] = 35,
        ["ENOSYS"] = 38, ["ENOTEMPTY"] = 39, ["EPROTO"] = 71, ["EOVERFLOW"] = 75, ["EOPNOTSUPP"] = 95, ["ETIMEDOUT"] = 110,
        ["EALREADY"] = 114, ["ECANCELED"] = 125, ["ENOKEY"] = 126, ["EHWPOISON"] = 133, ["EPROBE_DEFER"] = 517,
    };

    public static TheoryData<Errno> All() => [.. Enum.GetValues<Errno>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Number_IsThatOfLinux(Errno error) => ((int)error).Should().Be(Linux[error.ToString()]);
}
