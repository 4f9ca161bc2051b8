using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>/dev/kmsg: a record per read, in the form of <c>Documentation/ABI/testing/dev-kmsg</c>; a write is a line of the log.</summary>
internal sealed class KernelLogFile(MachineSession session, bool nonBlocking) : OpenedFile
{
    private const int UserFacility = 1 << 3;
    private const int LargestPriority = 0x7ff;

    /// <summary>Bytes of a record (<c>PRINTKRB_RECORD_MAX</c>).</summary>
    private const int LongestRecord = 1024;

    private KernelLog _log = session.Kernel.Log;
    private long _next = session.Kernel.Log.FirstSequence;

    public override bool IsStream => true;

    /// <summary>Readable where there is a record for this reader, or another log.</summary>
    public override PollEvents Poll() => _log != session.Kernel.Log || _next < _log.NextSequence ? PollEvents.In | PollEvents.ReadNormal : PollEvents.None;

    public override SimTask<FileBytes> ReadAsync(long offset, int count) => ReadAsync(offset, count, () => false);

    public override async SimTask<FileBytes> ReadAsync(long offset, int count, Func<bool> isInterrupted)
    {
        if (_log != session.Kernel.Log)
        {
            _log = session.Kernel.Log;
            _next = _log.FirstSequence;
            return FileBytes.Of(Errno.EPIPE); // another kernel, another log
        }

        while (_next >= _log.NextSequence)
        {
            if (nonBlocking)
            {
                return FileBytes.Of(Errno.EAGAIN);
            }

            await _log.WaitAsync(_next);
            if (isInterrupted())
            {
                return FileBytes.Of(Errno.EINTR);
            }
        }

        if (_next < _log.FirstSequence)
        {
            _next = _log.FirstSequence;
            return FileBytes.Of(Errno.EPIPE); // overwritten before it was read
        }

        KernelLogLine line = _log[_next];
        byte[] record = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)line.Level | line.Facility},{_next},{line.Since.Picoseconds / 1_000_000},-;{Escaped(line.Text)}\n"));
        if (record.Length > count)
        {
            return FileBytes.Of(Errno.EINVAL);
        }

        _next++;
        return FileBytes.Of(record);
    }

    /// <summary><c>&lt;N&gt;text</c> gives level and facility; without it a line is a warning of user space (<c>kernel/printk/printk.c</c>). One newline at the end is none of the text.</summary>
    /// <returns>EINVAL for more bytes than a record has room for.</returns>
    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes)
    {
        if (bytes.Length > LongestRecord)
        {
            return Errno.EINVAL;
        }

        string text = Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.AsSpan().IndexOf((byte)0) is var end and >= 0 ? end : bytes.Length));
        text = text.EndsWith('\n') ? text[..^1] : text;
        int priority = UserFacility | (int)LogLevel.Warning;
        NumberCursor cursor = new(text);
        if (cursor.Take('<'))
        {
            cursor.TryDecimal(out ulong given);
            if (cursor.Take('>'))
            {
                priority = given < UserFacility ? (int)given | UserFacility : (int)(given & LargestPriority);
                text = cursor.Rest;
            }
        }

        session.Kernel.Log.Write((LogLevel)(priority & 7), priority & ~7, text);
        return Errno.Ok;
    }

    /// <summary>What is no printable ASCII, and the backslash, as <c>\xNN</c> (<c>msg_add_ext_text</c>).</summary>
    private static string Escaped(string text)
    {
        if (text.All(letter => letter is >= ' ' and < '\x7f' and not '\\'))
        {
            return text;
        }

        StringBuilder escaped = new();
        foreach (byte letter in Encoding.UTF8.GetBytes(text))
        {
            escaped.Append(letter is >= (byte)' ' and < 127 and not (byte)'\\' ? (char)letter : string.Create(CultureInfo.InvariantCulture, $"\\x{letter:x2}"));
        }

        return escaped.ToString();
    }

    /// <summary>Any seek is to the first record that is still there.</summary>
    public override (Errno Error, long Offset) Seek(long offset, bool data)
    {
        _next = _log.FirstSequence;
        return (Errno.Ok, 0);
    }
}
