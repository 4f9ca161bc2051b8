using Microsoft.Win32.SafeHandles;

namespace CxlSim.Cli;

/// <summary>Standard output where it is a pipe: once nobody reads it any more the program ends, as others do. The runtime's own stream would go on and say nothing.</summary>
internal sealed class PipeStream : Stream
{
    private readonly FileStream _pipe;

    private PipeStream(FileStream pipe) => _pipe = pipe;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output, whatever it is.</summary>
    public static Stream OpenStandardOutput() => TryOpen() is { } pipe ? pipe : Console.OpenStandardOutput();

    /// <summary>Has the console write to it, where standard output is a pipe.</summary>
    public static void Use()
    {
        if (TryOpen() is { } pipe)
        {
            Console.SetOut(new StreamWriter(pipe) { AutoFlush = true });
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _pipe.Write(buffer);
        }
        catch (IOException)
        {
            Interrupt.End(Interrupt.NobodyReads);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // nothing is kept back
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Null where it is a terminal or a file: they have no reader to lose, and a file's position is shared with others who write there.</summary>
    private static PipeStream? TryOpen()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            FileStream stream = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : new PipeStream(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // closed
        }
    }
}
