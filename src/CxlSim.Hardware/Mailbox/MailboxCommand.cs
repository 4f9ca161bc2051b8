using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A command that a device has.</summary>
/// <param name="Opcode">Its number.</param>
/// <param name="Effects">What else it changes.</param>
/// <param name="InputLength">Bytes of input; null where that differs from call to call.</param>
/// <param name="Run">Takes the input and the size of the payload registers.</param>
public sealed record MailboxCommand(MailboxOpcode Opcode, CommandEffects Effects, int? InputLength, Func<byte[], int, MailboxReply> Run)
{
    /// <summary>Refused while the media is disabled, such as by a sanitize.</summary>
    public bool NeedsMedia { get; init; }
}
