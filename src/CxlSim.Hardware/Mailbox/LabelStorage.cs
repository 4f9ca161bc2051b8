using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The label storage area (CXL r3.1 8.2.9.9.2.3, 8.2.9.9.2.4).</summary>
public sealed class LabelStorage(ByteSize size)
{
    private const int HeaderSize = 8;
    private readonly byte[] _labels = new byte[size.Bytes];

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetLsa, CommandEffects.None, HeaderSize, Get) { NeedsMedia = true },
        new(MailboxOpcode.SetLsa, CommandEffects.ImmediateConfiguration | CommandEffects.ImmediateData, null, (input, _) => Set(input)) { NeedsMedia = true },
    ];

    public void Clear() => _labels.AsSpan().Clear();

    /// <summary>Takes the labels of storage of the same size.</summary>
    public void CopyFrom(LabelStorage other) => other._labels.CopyTo(_labels, 0);

    private MailboxReply Get(byte[] input, int payloadSize) =>
        PayloadSlice.Of(_labels, BitConverter.ToUInt32(input, 0), BitConverter.ToUInt32(input, 4), payloadSize);

    private MailboxReply Set(byte[] input)
    {
        if (input.Length < HeaderSize)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        uint offset = BitConverter.ToUInt32(input, 0);
        ReadOnlySpan<byte> data = input.AsSpan(HeaderSize);
        if ((ulong)offset + (ulong)data.Length > (ulong)_labels.Length)
        {
            return MailboxReturnCode.InvalidInput;
        }

        data.CopyTo(_labels.AsSpan((int)offset));
        return MailboxReturnCode.Success;
    }
}
