using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>/dev/ttyS1: a line written is a request to the <see cref="MachineMonitor"/>, what is read next is the answer.</summary>
internal sealed class MonitorFile(MachineMonitor monitor) : OpenedFile
{
    private const int LongestLine = 1 << 16;

    /// <summary>Answers that nobody reads are lost from here on, as on any serial line.</summary>
    private const int MostUnread = 1 << 20;

    private readonly StringBuilder _line = new();
    private readonly Queue<byte> _answer = new();

    public override bool IsStream => true;

    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        byte[] bytes = new byte[Math.Min(count, _answer.Count)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = _answer.Dequeue();
        }

        return FileBytes.Of(bytes);
    }

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes)
    {
        foreach (char letter in Encoding.UTF8.GetString(bytes))
        {
            if (letter == '\n')
            {
                Send(monitor.Answer(_line.ToString()) + "\n");
                _line.Clear();
            }
            else if (_line.Length < LongestLine)
            {
                _line.Append(letter);
            }
        }

        return Errno.Ok;
    }

    private void Send(string answer)
    {
        foreach (byte next in Encoding.UTF8.GetBytes(answer).Take(MostUnread - _answer.Count))
        {
            _answer.Enqueue(next);
        }
    }
}
