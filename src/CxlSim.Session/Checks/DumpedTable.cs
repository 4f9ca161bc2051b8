using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>An ACPI table that was dumped from a machine.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="IsBinary">The file is nothing but the table; else it is a text of <c>acpidump</c>, which may hold many.</param>
/// <param name="Bytes">All of it.</param>
public sealed record DumpedTable(string File, bool IsBinary, byte[] Bytes)
{
    /// <summary>Behind signature and length (ACPI 6.5 5.2.6).</summary>
    private const int LengthEnd = 8;

    /// <summary>Four letters; empty where there is no header, not even a part of one.</summary>
    public string Signature => Header is { } header ? AcpiTableHeader.Name(header.Signature) : string.Empty;

    /// <summary>How many bytes it has, by its header.</summary>
    public uint StatedLength => Header?.Length ?? 0;

    /// <summary>Of what was cut within it, the missing bytes are zero.</summary>
    private AcpiTableHeader? Header =>
        Bytes.Length >= LengthEnd && BinaryLayout.TryRead([.. Bytes.Take(AcpiTableHeader.SpecSize), .. new byte[Math.Max(0, AcpiTableHeader.SpecSize - Bytes.Length)]], out AcpiTableHeader header)
            ? header
            : null;
}
