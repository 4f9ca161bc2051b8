namespace CxlSim.Cli;

/// <summary>Lines of a stream, read as they arrive and without a string for each. Spaces around a line are no part of it.</summary>
/// <param name="input">UTF-8.</param>
/// <param name="beforeWait">Called before more input is asked for, which may take as long as it likes.</param>
internal sealed class AddressLines(Stream input, Action beforeWait)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isCut;

    /// <summary>Of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line; false at the end. A line that the buffer cannot hold is cut off.</summary>
    /// <param name="line">Good until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(length, length + 1);
            }
            else if (_end - _start == _buffer.Length)
            {
                line = Take(_buffer.Length, _buffer.Length);
                length = -1;
            }
            else if (More())
            {
                continue;
            }
            else if (_start == _end)
            {
                line = default;
                return false;
            }
            else
            {
                line = Take(_end - _start, _end - _start);
            }

            bool isRest = _isCut;
            _isCut = length < 0;
            if (!isRest)
            {
                Number++;
                line = line.Trim(" \t\r"u8);
                return true;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int length, int withEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += withEnd;
        return line;
    }

    /// <summary>False at the end of the input.</summary>
    private bool More()
    {
        beforeWait();
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int count = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
