using System.Globalization;
using System.Text.RegularExpressions;

namespace CxlSim.Hdm.Tests;

/// <summary>Where a real kernel's region put every 256-byte line: each line was tagged with its address, and the devices' files were searched for tags.</summary>
/// <param name="Start">HPA of the region's first line.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="Hash">FNV-1a of 64 bits, but for its basis, over the file and the offset of every line.</param>
/// <param name="Rows">The first and last stretches, written out: HPA, file, offset in the file, bytes.</param>
internal sealed partial record TagMap(ulong Start, int Lines, ulong Hash, IReadOnlyList<(ulong Hpa, int File, ulong Offset, ulong Length)> Rows)
{
    public const int Stride = 256;

    public static TagMap Read(string path)
    {
        string text = File.ReadAllText(path);
        GroupCollection head = Head().Match(text).Groups;
        head["stride"].Value.Should().Be("256");
        return new TagMap(
            Hex(head["base"].Value),
            int.Parse(head["tags"].Value, CultureInfo.InvariantCulture),
            Hex(head["hash"].Value),
            [
                .. Row().Matches(text).Select(row => row.Groups).Select(row =>
                    (Hex(row["hpa"].Value), int.Parse(row["file"].Value, CultureInfo.InvariantCulture), Hex(row["offset"].Value), Hex(row["length"].Value))),
            ]);
    }

    /// <summary>The recorder's hash over lines: little-endian words, the file's number and one in the high byte, the offset below it.</summary>
    public static ulong HashOf(ReadOnlySpan<ushort> files, ReadOnlySpan<ulong> offsets)
    {
        unchecked
        {
            ulong hash = 1469598103934665603; // the recorder's basis lacks the last digit of FNV's
            for (int i = 0; i < files.Length; i++)
            {
                ulong word = ((files[i] + 1UL) << 56) ^ offsets[i];
                for (int shift = 0; shift < 64; shift += 8)
                {
                    hash = (hash ^ (byte)(word >> shift)) * 0x100000001b3;
                }
            }

            return hash;
        }
    }

    private static ulong Hex(string digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# base_hpa=0x(?<base>\w+) stride=(?<stride>\d+) tags=(?<tags>\d+).*\n# fnv1a64 .* = (?<hash>\w+)", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^0x\w+ 0x(?<hpa>\w+) (?<file>\d+) 0x(?<offset>\w+) 0x(?<length>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
