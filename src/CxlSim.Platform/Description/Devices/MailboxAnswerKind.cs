namespace CxlSim.Platform;

/// <summary>How a mailbox answers commands.</summary>
public enum MailboxAnswerKind
{
    /// <summary>As it should; what it kept waiting is answered now.</summary>
    Normal,

    /// <summary>At once with the return code for a busy device.</summary>
    Busy,

    /// <summary>At once with another return code.</summary>
    Error,

    /// <summary>As it should, but late.</summary>
    Late,

    /// <summary>Never: the doorbell stays set.</summary>
    Silent,
}
