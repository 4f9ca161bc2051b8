using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>/dev/daxN.Y: the device's memory through the committed decoders (<c>drivers/dax/device.c</c>). Once the driver or the kernel is gone, a mapping gives SIGBUS.</summary>
internal sealed class DaxFile(MachineSession session, DevDax dax) : MemoryFile
{
    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        Memory<byte> bytes = Room(checked((long)dax.Size.Bytes), offset, count);
        return Transfer(offset, bytes.Span, store: false) ? FileBytes.Of(bytes) : FileBytes.Of(Errno.EIO);
    }

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes) => Transfer(offset, bytes, store: true) ? Errno.Ok : Errno.EIO;

    private bool Transfer(long offset, Span<byte> bytes, bool store)
    {
        if (dax.Driver is not DeviceDaxDriver || !session.Kernel.Dax.Bus.Devices.Contains(dax))
        {
            return false;
        }

        foreach (AddressRange range in dax.Ranges)
        {
            long size = checked((long)range.Size.Bytes);
            if (offset < size && !bytes.IsEmpty)
            {
                int count = (int)Math.Min(size - offset, bytes.Length);
                Hpa address = range.Start + new ByteSize((ulong)offset);
                BusResult result = store ? session.Machine.Store(address, bytes[..count]) : session.Machine.Load(address, bytes[..count]);
                if (result != BusResult.Done)
                {
                    return false;
                }

                bytes = bytes[count..];
                offset = size;
            }

            offset -= size;
        }

        return bytes.IsEmpty;
    }
}
