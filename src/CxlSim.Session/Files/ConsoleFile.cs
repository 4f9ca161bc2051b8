using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>/dev/console: takes what scripts print there, as a machine without a screen does.</summary>
internal sealed class ConsoleFile : OpenedFile
{
    public override SimTask<FileBytes> ReadAsync(long offset, int count) => FileBytes.Of(ReadOnlyMemory<byte>.Empty);

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes) => Errno.Ok;
}
