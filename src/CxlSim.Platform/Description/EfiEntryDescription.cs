using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform;

/// <summary>One entry of the EFI memory map.</summary>
public sealed record EfiEntryDescription(AddressRange Range, EfiMemoryType Type, EfiMemoryAttributes Attributes);
