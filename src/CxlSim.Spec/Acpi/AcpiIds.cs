namespace CxlSim.Spec.Acpi;

/// <summary>Hardware ids of the namespace objects that CXL needs (CXL r3.1 9.14).</summary>
public static class AcpiIds
{
    /// <summary>A CXL host bridge.</summary>
    public const string CxlHostBridge = "ACPI0016";

    /// <summary>The CXL root: one per machine.</summary>
    public const string CxlRoot = "ACPI0017";

    public const string PcieHostBridge = "PNP0A08";
    public const string PciHostBridge = "PNP0A03";

    /// <summary>A motherboard resource, such as the memory-mapped configuration space.</summary>
    public const string Motherboard = "PNP0C02";

    /// <summary>A PNP id in the 32 bits of an EISA id (ACPI 6.5 19.3.4): three letters of five bits, four hex digits, big-endian.</summary>
    public static uint ToEisaId(string id)
    {
        uint letters = ((uint)(id[0] - '@') << 10) | ((uint)(id[1] - '@') << 5) | (uint)(id[2] - '@');
        uint value = (letters << 16) | Convert.ToUInt32(id[3..], 16);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    public static string FromEisaId(uint encoded)
    {
        uint value = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(encoded);
        uint letters = value >> 16;
        return $"{(char)('@' + ((letters >> 10) & 31))}{(char)('@' + ((letters >> 5) & 31))}{(char)('@' + (letters & 31))}{value & 0xffff:X4}";
    }
}
