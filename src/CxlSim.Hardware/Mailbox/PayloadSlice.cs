using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A piece of something larger than a payload.</summary>
internal static class PayloadSlice
{
    /// <summary>Invalid input where it reaches past the end or does not fit.</summary>
    public static MailboxReply Of(byte[] source, uint offset, uint length, int payloadSize) =>
        (ulong)offset + length <= (ulong)source.Length && length <= (uint)payloadSize
            ? source.AsSpan((int)offset, (int)length).ToArray()
            : MailboxReturnCode.InvalidInput;
}
