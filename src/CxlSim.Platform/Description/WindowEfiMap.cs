namespace CxlSim.Platform;

/// <summary>How the EFI map lists the programmed part of a window.</summary>
public enum WindowEfiMap
{
    /// <summary>Not at all: the driver brings the memory.</summary>
    None,

    /// <summary>Conventional memory with EFI_MEMORY_SP: Linux makes it Soft Reserved.</summary>
    SoftReserved,

    /// <summary>Conventional memory: System RAM from the start.</summary>
    Conventional,
}
