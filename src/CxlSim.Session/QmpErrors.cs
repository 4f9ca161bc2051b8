namespace CxlSim.Session;

/// <summary>Errors of CXL.cache and CXL.mem in the words of QEMU's commands, and their bits (<c>qapi/cxl.json</c>; CXL r3.1 8.2.4.17).</summary>
internal static class QmpErrors
{
    private static readonly (string Word, int Bit)[] Uncorrectable =
    [
        ("cache-data-parity", 0), ("cache-address-parity", 1), ("cache-be-parity", 2), ("cache-data-ecc", 3),
        ("mem-data-parity", 4), ("mem-address-parity", 5), ("mem-be-parity", 6), ("mem-data-ecc", 7),
        ("reinit-threshold", 8), ("rsvd-encoding", 9), ("poison-received", 10), ("receiver-overflow", 11),
        ("internal", 14), ("cxl-ide-tx", 15), ("cxl-ide-rx", 16),
    ];

    private static readonly (string Word, int Bit)[] Correctable =
    [
        ("cache-data-ecc", 0), ("mem-data-ecc", 1), ("crc-threshold", 2), ("retry-threshold", 3),
        ("cache-poison-received", 4), ("mem-poison-received", 5), ("physical", 6),
    ];

    /// <summary>The bit of an argument's word; 0, and the argument refused, where there is no such word.</summary>
    public static int Bit(QmpArguments arguments, bool isCorrectable)
    {
        string word = arguments.Text("type");
        (string Word, int Bit)[] words = isCorrectable ? Correctable : Uncorrectable;
        int index = Array.FindIndex(words, known => known.Word == word);
        if (index < 0)
        {
            arguments.Refuse("type");
            return 0;
        }

        return words[index].Bit;
    }
}
