namespace CxlSim.Spec.Efi;

/// <summary>Attribute bits of an EFI memory descriptor (UEFI 2.10 7.2.3).</summary>
[Flags]
public enum EfiMemoryAttributes : ulong
{
    None = 0,
    Uncacheable = 1,
    WriteCombining = 2,
    WriteThrough = 4,
    WriteBack = 8,

    /// <summary>EFI_MEMORY_SP: kept for a specific purpose; Linux makes it Soft Reserved.</summary>
    SpecificPurpose = 0x40000,
    Runtime = 1UL << 63,
}
