using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform;

/// <summary>One entry of the EFI memory map.</summary>
public sealed record EfiEntryDescription(AddressRange Range, EfiMemoryType Type, EfiMemoryAttributes Attributes)
{
    /// <summary>How memory of a type may be cached, by what it is (UEFI 2.10 7.2.3).</summary>
    public static EfiMemoryAttributes UsualAttributes(EfiMemoryType type, bool specificPurpose) => Defaults.EfiDefaults.AttributesOf(type, specificPurpose);
}
