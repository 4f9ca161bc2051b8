namespace CxlSim.Views.Tests;

/// <summary>A decoded table back as bytes.</summary>
internal static class FieldBytes
{
    /// <summary>The fields' bytes, and the first byte that none has; -1 where there is none.</summary>
    public static byte[] Of(DecodedTable decoded, out int firstMissing)
    {
        byte[] again = new byte[decoded.Length];
        bool[] written = new bool[decoded.Length];
        foreach (TableField field in decoded.Structures.SelectMany(structure => structure.Fields))
        {
            Of(field).CopyTo(again, field.Offset);
            written.AsSpan(field.Offset, field.Width).Fill(true);
        }

        firstMissing = Array.IndexOf(written, false);
        return again;
    }

    private static byte[] Of(TableField field)
    {
        if (field.Value.StartsWith("0x", StringComparison.Ordinal))
        {
            return [.. Convert.FromHexString(field.Value[2..]).Reverse()];
        }

        if (field.Width > sizeof(ulong) && field.Value.Length == 2 * field.Width)
        {
            return Convert.FromHexString(field.Value);
        }

        field.Value.Should().HaveLength(field.Width, "letters stand for bytes; of {0}", field.Name);
        return [.. System.Text.Encoding.ASCII.GetBytes(field.Value)];
    }
}
