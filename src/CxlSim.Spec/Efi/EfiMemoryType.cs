namespace CxlSim.Spec.Efi;

/// <summary>What firmware says a stretch of memory is (UEFI 2.10 7.2).</summary>
public enum EfiMemoryType : uint
{
    Reserved = 0,
    LoaderCode = 1,
    LoaderData = 2,
    BootServicesCode = 3,
    BootServicesData = 4,
    RuntimeServicesCode = 5,
    RuntimeServicesData = 6,
    Conventional = 7,
    Unusable = 8,
    AcpiReclaim = 9,
    AcpiNvs = 10,
    MemoryMappedIo = 11,
    MemoryMappedIoPort = 12,
    PalCode = 13,
    Persistent = 14,
}
