namespace CxlSim.Platform;

/// <summary>How a device's mailbox answers from now on.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Opcode">The command that is answered so, the others as they should be; null for all.</param>
/// <param name="ReturnCode">Of <see cref="MailboxAnswerKind.Error"/> (CXL r3.1 table 8-34).</param>
/// <param name="DelayNs">Of <see cref="MailboxAnswerKind.Late"/>: how much later.</param>
public sealed record MailboxBehaviour(MailboxAnswerKind Kind, ushort? Opcode, ushort ReturnCode, double DelayNs)
{
    /// <summary>The return code for an internal error.</summary>
    public const ushort UsualReturnCode = 4;

    public const double UsualDelayNs = 1e9;

    /// <summary>Whether a command is answered so.</summary>
    public bool IsFor(ushort opcode) => Opcode is null || Opcode == opcode;
}
