namespace CxlSim.Platform;

/// <summary>Errors of CXL.cache and CXL.mem in the words of QEMU's commands, and their bits (<c>qapi/cxl.json</c>; CXL r3.1 8.2.4.17).</summary>
public static class RasErrorWords
{
    public static readonly IReadOnlyList<(string Word, int Bit)> Uncorrectable =
    [
        ("cache-data-parity", 0), ("cache-address-parity", 1), ("cache-be-parity", 2), ("cache-data-ecc", 3),
        ("mem-data-parity", 4), ("mem-address-parity", 5), ("mem-be-parity", 6), ("mem-data-ecc", 7),
        ("reinit-threshold", 8), ("rsvd-encoding", 9), ("poison-received", 10), ("receiver-overflow", 11),
        ("internal", 14), ("cxl-ide-tx", 15), ("cxl-ide-rx", 16),
    ];

    public static readonly IReadOnlyList<(string Word, int Bit)> Correctable =
    [
        ("cache-data-ecc", 0), ("mem-data-ecc", 1), ("crc-threshold", 2), ("retry-threshold", 3),
        ("cache-poison-received", 4), ("mem-poison-received", 5), ("physical", 6),
    ];

    /// <summary>The bit of a word; null where there is no such word.</summary>
    public static int? Bit(string word, bool isCorrectable)
    {
        foreach ((string known, int bit) in isCorrectable ? Correctable : Uncorrectable)
        {
            if (known == word)
            {
                return bit;
            }
        }

        return null;
    }
}
