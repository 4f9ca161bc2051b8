using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Reads bus numbers and memory ranges out of a <c>_CRS</c> buffer (ACPI 6.5 6.4).</summary>
public static class CrsReader
{
    /// <param name="crs">The buffer's bytes.</param>
    /// <param name="buses">First and last bus; null where the buffer names none.</param>
    /// <returns>The memory ranges.</returns>
    public static IReadOnlyList<AddressRange> Read(ReadOnlySpan<byte> crs, out (byte First, byte Last)? buses)
    {
        buses = null;
        List<AddressRange> memory = [];
        SpanReader reader = new(crs);
        while (!reader.Truncated && reader.Remaining > 0)
        {
            byte tag = reader.U8();
            if ((tag & 0x80) == 0)
            {
                if ((tag & 0x78) == (ResourceDescriptor.EndTag & 0x78))
                {
                    break;
                }

                reader.Skip(tag & 7);
                continue;
            }

            SpanReader body = new(reader.Bytes(reader.U16()));
            byte type = body.U8();
            body.Skip(2);
            int width = tag switch
            {
                ResourceDescriptor.Word => 2,
                ResourceDescriptor.Dword => 4,
                ResourceDescriptor.Qword => 8,
                _ => 0,
            };
            if (width == 0)
            {
                continue;
            }

            Field(ref body, width); // the granularity of the address says nothing here
            ulong first = Field(ref body, width);
            ulong last = Field(ref body, width);
            if (body.Truncated || last < first || !AddressRange.TryCreate(new Hpa(first), new ByteSize(unchecked(last - first + 1)), out AddressRange range))
            {
                continue;
            }

            if (type == ResourceDescriptor.TypeBus && last <= byte.MaxValue)
            {
                buses = ((byte)first, (byte)last);
            }
            else if (type == ResourceDescriptor.TypeMemory)
            {
                memory.Add(range);
            }
        }

        return memory;
    }

    private static ulong Field(ref SpanReader body, int width) => width switch
    {
        2 => body.U16(),
        4 => body.U32(),
        _ => body.U64(),
    };
}
