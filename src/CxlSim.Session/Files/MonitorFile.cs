using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>/dev/ttyS1: a line written is a request to the <see cref="MachineMonitor"/>, what is read next is the answer.</summary>
internal sealed class MonitorFile(MachineMonitor monitor) : OpenedFile
{
    private const int LongestLine = 1 << 16;
    private readonly StringBuilder _line = new();
    private byte[] _answer = [];

    public override bool IsStream => true;

    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        ReadOnlyMemory<byte> bytes = _answer.AsMemory(0, Math.Min(count, _answer.Length));
        _answer = _answer[bytes.Length..];
        return FileBytes.Of(bytes);
    }

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes)
    {
        foreach (char letter in Encoding.UTF8.GetString(bytes))
        {
            if (letter == '\n')
            {
                _answer = [.. _answer, .. Encoding.UTF8.GetBytes(monitor.Answer(_line.ToString()) + "\n")];
                _line.Clear();
            }
            else if (_line.Length < LongestLine)
            {
                _line.Append(letter);
            }
        }

        return Errno.Ok;
    }
}
