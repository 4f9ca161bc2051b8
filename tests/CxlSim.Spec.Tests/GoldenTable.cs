using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests;

/// <summary>An ACPI table as a machine's firmware handed it to Linux.</summary>
internal sealed class GoldenTable(string machine, string name)
{
    public byte[] Bytes { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", machine, "fw", "tables", name));

    public AcpiTableHeader Header => Read<AcpiTableHeader>(0);

    public T Read<T>(int offset)
        where T : unmanaged, IBinaryLayout
    {
        BinaryLayout.TryRead(Bytes.AsSpan(offset), out T record).Should().BeTrue();
        return record;
    }

    /// <summary>Where the records of a type begin; the length follows the type by <paramref name="lengthOffset"/> bytes, in <paramref name="lengthSize"/> bytes.</summary>
    public IReadOnlyList<int> Records(byte type, int firstRecord, int lengthOffset, int lengthSize)
    {
        List<int> offsets = [];
        for (int offset = firstRecord; offset < Bytes.Length;)
        {
            if (Bytes[offset] == type)
            {
                offsets.Add(offset);
            }

            int length = lengthSize == 1 ? Bytes[offset + lengthOffset] : BitConverter.ToUInt16(Bytes, offset + lengthOffset);
            length.Should().BePositive();
            offset += length;
        }

        return offsets;
    }
}
