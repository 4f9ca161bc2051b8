using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>/dev/daxN.Y under fsdev_dax: it opens, and that is all (<c>drivers/dax/fsdev.c</c>).</summary>
internal sealed class FsdevFile : OpenedFile
{
    public override SimTask<FileBytes> ReadAsync(long offset, int count) => FileBytes.Of(Errno.EINVAL);

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes) => Errno.EINVAL;
}
