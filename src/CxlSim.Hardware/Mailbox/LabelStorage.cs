using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The label storage area (CXL r3.1 8.2.9.9.2.3, 8.2.9.9.2.4).</summary>
public sealed class LabelStorage(ByteSize size)
{
    private const int HeaderSize = 8;
    private readonly SparseMemory _labels = new(); // a large one is hardly ever used

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetLsa, CommandEffects.None, HeaderSize, Get) { NeedsMedia = true },
        new(MailboxOpcode.SetLsa, CommandEffects.ImmediateConfiguration | CommandEffects.ImmediateData, null, (input, _) => Set(input)) { NeedsMedia = true },
    ];

    public void Clear() => _labels.Clear();

    /// <summary>Takes the labels of storage of the same size.</summary>
    public void CopyFrom(LabelStorage other) => _labels.CopyPagesFrom(other._labels, 0);

    private MailboxReply Get(byte[] input, int payloadSize)
    {
        uint offset = BitConverter.ToUInt32(input, 0);
        uint length = BitConverter.ToUInt32(input, 4);
        if ((ulong)offset + length > size.Bytes || length > (uint)payloadSize)
        {
            return MailboxReturnCode.InvalidInput;
        }

        byte[] labels = new byte[length];
        _labels.Read(offset, labels);
        return labels;
    }

    private MailboxReply Set(byte[] input)
    {
        if (input.Length < HeaderSize)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        uint offset = BitConverter.ToUInt32(input, 0);
        ReadOnlySpan<byte> data = input.AsSpan(HeaderSize);
        if (offset + (ulong)data.Length > size.Bytes)
        {
            return MailboxReturnCode.InvalidInput;
        }

        _labels.Write(offset, data);
        return MailboxReturnCode.Success;
    }
}
