using System.Text;
using System.Text.RegularExpressions;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Tells what a file holds, by what stands in it; by its name only where the text could be anything.</summary>
internal static partial class CaptureKinds
{
    /// <summary>So much of a text is looked at.</summary>
    private const int Glance = 64 << 10;

    public static CaptureKind Of(CaptureFile file)
    {
        if (TableBytes.IsTable(file.Bytes))
        {
            return CaptureKind.Table;
        }

        switch (file.Name)
        {
            case "efi-memory-map.bin":
                return CaptureKind.EfiMap;
            case "cmdline" or "cmdline.txt":
                return CaptureKind.CommandLine;
            case "uname" or "uname.txt" or "version":
                return CaptureKind.KernelVersion;
            case "modules" or "lsmod.txt" or "modules.txt":
                return CaptureKind.Modules;
        }

        string text = Encoding.UTF8.GetString(file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, Glance)));
        return text.TrimStart() is ['[' or '{', ..] && file.Name.EndsWith(".json", StringComparison.Ordinal) ? CaptureKind.CxlList
            : AttributeFile().IsMatch(file.Name) && Attribute().IsMatch(text) ? CaptureKind.Attributes
            : AddressSizesLine().IsMatch(text) ? CaptureKind.Processors
            : KernelLogLine().IsMatch(text) ? CaptureKind.KernelLog
            : TableHeading().IsMatch(text) ? CaptureKind.TableText
            : IomemLine().IsMatch(text) ? CaptureKind.Iomem
            : MapLine().IsMatch(text) ? CaptureKind.MemoryMap
            : PciLine().IsMatch(text) ? CaptureKind.PciList
            : text.TrimStart() is ['[' or '{', ..] && file.Name.Contains("cxl", StringComparison.Ordinal) ? CaptureKind.CxlList
            : CaptureKind.Unknown;
    }

    [GeneratedRegex(@"^/sys/\S+ (?:=|->|#)(?: |$)", RegexOptions.Multiline)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^address sizes\s*: \d", RegexOptions.Multiline)]
    private static partial Regex AddressSizesLine();

    [GeneratedRegex(@"Linux version \d|BIOS-e820: \[mem |: root bus resource \[|PCI Root Bridge \[")]
    private static partial Regex KernelLogLine();

    [GeneratedRegex(@"^\S{4} ?\S* @ 0x[0-9A-Fa-f]+", RegexOptions.Multiline)]
    private static partial Regex TableHeading();

    [GeneratedRegex(@"^\s*[0-9a-f]{4,16}-[0-9a-f]{4,16} : \S", RegexOptions.Multiline)]
    private static partial Regex IomemLine();

    [GeneratedRegex(@"^(?:0x)?[0-9a-f]+-(?:0x)?[0-9a-f]+ [A-Z]\w+", RegexOptions.Multiline)]
    private static partial Regex MapLine();

    [GeneratedRegex(@"^(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] \S", RegexOptions.Multiline)]
    private static partial Regex PciLine();

    /// <summary>Attributes stand in logs of tests too, where they are of another moment.</summary>
    [GeneratedRegex("attr|^devices$")]
    private static partial Regex AttributeFile();
}
