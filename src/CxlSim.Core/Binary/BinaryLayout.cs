using System.Runtime.InteropServices;

namespace CxlSim.Core;

/// <summary>Moves packed records between bytes and structs. The one place that relies on a little-endian host.</summary>
public static class BinaryLayout
{
    static BinaryLayout() => Check.That(BitConverter.IsLittleEndian, "a little-endian host");

    /// <summary>False when fewer bytes are left than the record needs.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> source, out T record)
        where T : unmanaged, IBinaryLayout
    {
        if (source.Length < T.SpecSize)
        {
            record = default;
            return false;
        }

        record = MemoryMarshal.Read<T>(source);
        return true;
    }

    /// <summary>The record as its specification lays it out: <c>T.SpecSize</c> bytes.</summary>
    public static byte[] ToBytes<T>(in T record)
        where T : unmanaged, IBinaryLayout
    {
        byte[] bytes = new byte[T.SpecSize];
        MemoryMarshal.Write(bytes, record);
        return bytes;
    }
}
