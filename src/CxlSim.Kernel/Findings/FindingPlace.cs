using System.Reflection;
using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What a finding is about: as far as a kernel can know it, which sees tables and devices and no platform file.</summary>
public abstract record FindingPlace;

/// <summary>Bytes of a table.</summary>
/// <param name="Signature">Four letters: <c>CEDT</c>.</param>
/// <param name="Offset">From the table's first byte.</param>
/// <param name="Length">Bytes.</param>
public sealed record TablePlace(string Signature, int Offset, int Length) : FindingPlace
{
    /// <summary>A field of a record.</summary>
    /// <param name="signature">The table.</param>
    /// <param name="record">Where the record starts in it.</param>
    /// <param name="field">Of the structure that the record is.</param>
    public static TablePlace Of<T>(string signature, int record, string field)
        where T : struct, IBinaryLayout
    {
        FieldInfo info = typeof(T).GetField(field)!;
        return new TablePlace(signature, record + (int)Marshal.OffsetOf<T>(field), Marshal.SizeOf(info.FieldType));
    }

    /// <summary>Another value for this field.</summary>
    public FieldValue Value(string field, ulong value) => new(Signature, field, Offset, Length, value);
}

/// <summary>A PCI function.</summary>
public sealed record FunctionPlace(Bdf Function) : FindingPlace;

/// <summary>A CXL host bridge, by the <c>_UID</c> of its ACPI device; null where it has none.</summary>
public sealed record BridgePlace(ulong? Uid) : FindingPlace;

/// <summary>Addresses: a range of the memory map or of a region.</summary>
public sealed record AddressPlace(AddressRange Range) : FindingPlace;

/// <summary>A parameter of the kernel's command line.</summary>
public sealed record ParameterPlace(string Name) : FindingPlace;

/// <summary>The machine as a whole.</summary>
public sealed record MachinePlace : FindingPlace;
