using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>How a device answers a command: code, payload, and what goes on in the background.</summary>
public readonly record struct MailboxReply(MailboxReturnCode Code, byte[] Output, BackgroundWork? Work = null)
{
    /// <summary>How much longer the doorbell stays set than with other commands.</summary>
    public SimDuration Delay { get; init; }

    public static implicit operator MailboxReply(MailboxReturnCode code) => new(code, []);

    public static implicit operator MailboxReply(byte[] output) => new(MailboxReturnCode.Success, output);

    public static MailboxReply Background(SimDuration duration, Func<MailboxReturnCode> finish) =>
        new(MailboxReturnCode.BackgroundStarted, [], new BackgroundWork(duration, finish));
}
