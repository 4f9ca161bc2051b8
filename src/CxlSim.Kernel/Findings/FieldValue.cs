using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A value for one field of a table.</summary>
/// <param name="Table">Its signature.</param>
/// <param name="Field">The field's own name: <c>Window Size</c>.</param>
/// <param name="Offset">From the table's first byte.</param>
/// <param name="Width">Bytes: 1, 2, 4 or 8, little-endian.</param>
/// <param name="Value">What to write there.</param>
public sealed record FieldValue(string Table, string Field, int Offset, int Width, ulong Value)
{
    public override string ToString()
    {
        string number = Value < 10 ? Value.ToString(CultureInfo.InvariantCulture) : $"0x{Value:x}";
        return Field.EndsWith("Size", StringComparison.Ordinal) ? $"{Field} {number} ({new ByteSize(Value)})" : $"{Field} {number}";
    }
}
