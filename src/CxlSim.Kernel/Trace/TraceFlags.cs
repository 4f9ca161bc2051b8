namespace CxlSim.Kernel;

/// <summary>How traces write numbers that stand for words (<c>include/trace/stages/stage3_trace_output.h</c>).</summary>
internal static class TraceFlags
{
    /// <summary>The words of the bits that are set, and what no word stands for in hexadecimal (<c>__print_flags</c>).</summary>
    public static string Flags(uint value, string separator, params ReadOnlySpan<(int Bit, string Word)> names)
    {
        List<string> words = [];
        foreach ((int bit, string word) in names)
        {
            if ((value & (1u << bit)) != 0)
            {
                words.Add(word);
                value &= ~(1u << bit);
            }
        }

        if (value != 0)
        {
            words.Add($"0x{value:x}");
        }

        return string.Join(separator, words);
    }

    /// <summary>The word of a number that counts from zero, or the number in hexadecimal (<c>__print_symbolic</c>).</summary>
    public static string Symbol(uint value, params ReadOnlySpan<string> names) => value < names.Length ? names[(int)value] : $"0x{value:x}";

    /// <summary>Bytes with spaces between (<c>__print_hex</c>).</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', Convert.ToHexStringLower(bytes).Chunk(2).Select(pair => new string(pair)));
}
