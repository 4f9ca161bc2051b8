using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>/dev/media/NAME: what a device's media hold, by DPA, past every decoder. Sparse: what was never stored to is a hole.</summary>
internal sealed class MediaFile(SimulatedMachine machine, string device) : MemoryFile
{
    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        long capacity = checked((long)machine.Devices.First(candidate => candidate.Id == device).Capacity.Bytes);
        Memory<byte> bytes = Room(capacity, offset, count);
        return machine.Media.TryRead(device, new Dpa((ulong)offset), bytes.Span) ? FileBytes.Of(bytes) : FileBytes.Of(Errno.EIO);
    }

    public override (Errno Error, long Offset) Seek(long offset, bool data) =>
        machine.Media.Seek(device, new Dpa((ulong)offset), data) is { } found ? (Errno.Ok, checked((long)found.Value)) : (Errno.ENXIO, 0);
}
