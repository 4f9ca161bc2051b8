using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>One open of a file: what <c>read(2)</c> and <c>write(2)</c> on the descriptor do. Runs in the loop.</summary>
public abstract class OpenedFile
{
    /// <summary>Memory that may be mapped; everything else passes by the page cache.</summary>
    public virtual bool IsMemory => false;

    /// <summary>A write waits for what is under way, and does nothing itself.</summary>
    public bool OnlyWaits { get; init; }

    /// <summary>Reads go on from where the last one ended, whatever offset comes with them.</summary>
    public virtual bool IsStream => false;

    /// <summary>Up to that many bytes; fewer at the end, none past it.</summary>
    public abstract SimTask<FileBytes> ReadAsync(long offset, int count);

    /// <summary>The same for a reader that may be interrupted while it waits: then it takes nothing, and the answer reaches nobody.</summary>
    public virtual SimTask<FileBytes> ReadAsync(long offset, int count, Func<bool> isInterrupted) => ReadAsync(offset, count);

    /// <summary>One write(2), taken whole or refused.</summary>
    public virtual SimTask<Errno> WriteAsync(long offset, byte[] bytes) => Errno.EACCES;

    /// <summary>What <c>poll(2)</c> finds now.</summary>
    public virtual PollEvents Poll() => PollEvents.Always;

    /// <summary>Where data or a hole begins at or after an offset (<c>SEEK_DATA</c>, <c>SEEK_HOLE</c>): ENXIO where nothing does, EINVAL where the file knows no holes.</summary>
    public virtual (Errno Error, long Offset) Seek(long offset, bool data) => (Errno.EINVAL, 0);
}
