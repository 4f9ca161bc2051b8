using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>An ACPI table that was dumped from a machine.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="IsBinary">The file is nothing but the table; else it is a text of <c>acpidump</c>, which may hold many.</param>
/// <param name="Bytes">All of it.</param>
public sealed record DumpedTable(string File, bool IsBinary, byte[] Bytes)
{
    /// <summary>Four letters; empty where the bytes are fewer than a header.</summary>
    public string Signature => BinaryLayout.TryRead(Bytes, out AcpiTableHeader header) ? AcpiTableHeader.Name(header.Signature) : string.Empty;
}
