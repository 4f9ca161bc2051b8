using Microsoft.Win32.SafeHandles;

namespace CxlSim.Cli;

/// <summary>
/// Standard output or error where it is no terminal. Once nobody reads a pipe any more the program ends, as others do: the runtime's own stream would go on
/// and say nothing. A file that takes no more, or one that was closed before the start, ends it too, with a word about it.
/// </summary>
internal sealed class StandardStream : Stream
{
    private const int Output = 1;
    private const int Error = 2;

    private readonly int _number;
    private readonly Stream _stream;
    private readonly bool _isPipe;

    private StandardStream(int number)
    {
        _number = number;
        Stream? pipe = TryOpenPipe(number);
        _isPipe = pipe is not null;
        _stream = pipe ?? (number == Output ? Console.OpenStandardOutput() : Console.OpenStandardError());
    }

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
    public static Stream OpenOutput() => new StandardStream(Output);

    /// <summary>Has the console write to it.</summary>
    public static void Use()
    {
        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new StreamWriter(OpenOutput()) { AutoFlush = true });
        }

        if (Console.IsErrorRedirected)
        {
            Console.SetError(new StreamWriter(new StandardStream(Error)) { AutoFlush = true });
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isGone = _isPipe && error is IOException;
            if (!isGone && _number == Output)
            {
                Console.Error.WriteLine($"cxlsim: the output cannot be written: {error.Message}");
            }

            Interrupt.End(isGone ? Interrupt.NobodyReads : ExitCode.BadInput);
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
    private static FileStream? TryOpenPipe(int number)
    {
        if (OperatingSystem.IsWindows() || !(number == Output ? Console.IsOutputRedirected : Console.IsErrorRedirected))
        {
            return null;
        }

        try
        {
            FileStream stream = new(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : stream;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // closed
        }
    }
}
