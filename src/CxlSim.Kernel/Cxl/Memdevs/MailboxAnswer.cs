using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>How a mailbox command went: whether the transfer worked, and then what the device answered (<c>struct cxl_mbox_cmd</c>).</summary>
/// <param name="Error">Of the transfer; <see cref="Errno.Ok"/> says nothing about what the device thinks of the command.</param>
/// <param name="ReturnCode">Of the device.</param>
/// <param name="Output">Payload.</param>
public sealed record MailboxAnswer(Errno Error, MailboxReturnCode ReturnCode, byte[] Output)
{
    public MailboxAnswer(Errno error, MailboxReturnCode returnCode = MailboxReturnCode.Success)
        : this(error, returnCode, [])
    {
    }
}
