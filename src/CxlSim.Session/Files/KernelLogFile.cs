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
    private KernelLog _log = session.Kernel.Log;
    private long _next = session.Kernel.Log.FirstSequence;

    public override bool IsStream => true;

    public override async SimTask<FileBytes> ReadAsync(long offset, int count)
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
        }

        if (_next < _log.FirstSequence)
        {
            _next = _log.FirstSequence;
            return FileBytes.Of(Errno.EPIPE); // overwritten before it was read
        }

        KernelLogLine line = _log[_next];
        string record = string.Create(CultureInfo.InvariantCulture, $"{(int)line.Level | line.Facility},{_next},{line.Since.Picoseconds / 1_000_000},-;{line.Text}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(record);
        if (bytes.Length > count)
        {
            return FileBytes.Of(Errno.EINVAL);
        }

        _next++;
        return FileBytes.Of(bytes);
    }

    /// <summary><c>&lt;N&gt;text</c> gives level and facility; without it a line is a warning of user space (<c>kernel/printk/printk.c</c>).</summary>
    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes).TrimEnd('\n');
        int priority = UserFacility | (int)LogLevel.Warning;
        int end = text.IndexOf('>', StringComparison.Ordinal);
        if (text.StartsWith('<') && end > 1 && int.TryParse(text.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int given))
        {
            priority = given < UserFacility ? given | UserFacility : given;
            text = text[(end + 1)..];
        }

        session.Kernel.Log.Write((LogLevel)(priority & 7), priority & ~7, text);
        return Errno.Ok;
    }

    /// <summary>Any seek is to the first record that is still there.</summary>
    public override (Errno Error, long Offset) Seek(long offset, bool data)
    {
        _next = _log.FirstSequence;
        return (Errno.Ok, 0);
    }
}
