namespace CxlSim.Session;

/// <summary>An open of memory. A program that goes through all of it reads gigabytes, so all reads of an open share one buffer: what a read gives stands until the next one.</summary>
internal abstract class MemoryFile : OpenedFile
{
    private byte[] _buffer = [];

    public override bool IsMemory => true;

    /// <summary>Room for a read, with whatever the last one left in it; empty past the end.</summary>
    /// <param name="size">Of the file.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How many bytes are wanted.</param>
    protected Memory<byte> Room(long size, long offset, int count)
    {
        int room = (int)Math.Clamp(size - offset, 0, count);
        if (_buffer.Length < room)
        {
            _buffer = new byte[room];
        }

        return _buffer.AsMemory(0, room);
    }
}
