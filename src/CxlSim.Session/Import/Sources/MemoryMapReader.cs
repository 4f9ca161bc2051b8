using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Session;

/// <summary>Reads the memory map that firmware left: from /sys/firmware/memmap, from the kernel's log, or from iomem, whichever is there first.</summary>
internal static partial class MemoryMapReader
{
    /// <summary>Types as Linux names them in /sys/firmware/memmap and iomem, and in its log (arch/x86/kernel/e820.c).</summary>
    private static readonly (string Name, EfiMemoryType Type, bool SpecificPurpose)[] Types =
    [
        ("System RAM", EfiMemoryType.Conventional, false), ("usable", EfiMemoryType.Conventional, false),
        ("Soft Reserved", EfiMemoryType.Conventional, true), ("soft reserved", EfiMemoryType.Conventional, true),
        ("ACPI Tables", EfiMemoryType.AcpiReclaim, false), ("ACPI data", EfiMemoryType.AcpiReclaim, false),
        ("ACPI Non-volatile Storage", EfiMemoryType.AcpiNvs, false), ("ACPI NVS", EfiMemoryType.AcpiNvs, false),
        ("Unusable memory", EfiMemoryType.Unusable, false), ("unusable", EfiMemoryType.Unusable, false),
        ("Persistent Memory", EfiMemoryType.Persistent, false), ("Persistent Memory (legacy)", EfiMemoryType.Persistent, false),
        ("persistent (type 7)", EfiMemoryType.Persistent, false), ("persistent (type 12)", EfiMemoryType.Persistent, false),
        ("Reserved", EfiMemoryType.Reserved, false), ("reserved", EfiMemoryType.Reserved, false), ("device reserved", EfiMemoryType.Reserved, false),
    ];

    /// <summary>Entries by address; empty where no file tells.</summary>
    public static IReadOnlyList<EfiEntryDescription> Read(CapturedMachine capture, IomemFacts? iomem)
    {
        List<EfiEntryDescription> entries = [.. capture.All(CaptureKind.EfiMap).Take(1).SelectMany(Descriptors)];
        if (entries.Count == 0 && capture.First(CaptureKind.MemoryMap) is { } map)
        {
            AddLines(entries, map, MapLine(), capture.Findings, isStrict: true);
        }

        if (entries.Count == 0 && capture.First(CaptureKind.KernelLog) is { } log)
        {
            AddLines(entries, log, LogLine(), capture.Findings, isStrict: false);
        }

        if (entries.Count == 0 && iomem is { IsWhole: true })
        {
            entries.AddRange(iomem.Top.Select(line => Entry(line.Range, line.Name)).OfType<EfiEntryDescription>());
            capture.Findings.NotLearnt("the memory map of firmware is not in the capture; iomem stands in for it, which has what the kernel made of it");
        }

        return [.. entries.OrderBy(entry => entry.Range.Start)];
    }

    private static IEnumerable<EfiEntryDescription> Descriptors(CaptureFile file)
    {
        for (int at = 0; BinaryLayout.TryRead(file.Bytes.AsSpan(at), out EfiMemoryDescriptor descriptor); at += EfiMemoryDescriptor.SpecSize)
        {
            EfiMemoryType type = (EfiMemoryType)descriptor.Type;
            ByteSize size = new(descriptor.NumberOfPages < 1UL << 40 ? descriptor.NumberOfPages << EfiMemoryDescriptor.PageShift : 0);
            if (AddressRange.TryCreate(new Hpa(descriptor.PhysicalStart), size, out AddressRange range) && range.Last.Value < 1UL << 52 && Enum.IsDefined(type))
            {
                bool specificPurpose = (descriptor.Attribute & (ulong)EfiMemoryAttributes.SpecificPurpose) != 0;
                yield return new EfiEntryDescription(range, type, EfiEntryDescription.UsualAttributes(type, specificPurpose));
            }
        }
    }

    private static void AddLines(List<EfiEntryDescription> entries, CaptureFile file, Regex form, ImportFindings findings, bool isStrict)
    {
        foreach ((int number, string text) in file.Lines())
        {
            Match line = form.Match(text);
            if (line.Success
                && TextNumber.Hex(line.Groups["start"].Value) is { } start && TextNumber.Hex(line.Groups["last"].Value) is { } last && last >= start && last < 1UL << 52
                && Entry(AddressRange.FromBounds(new Hpa(start), new Hpa(last)), line.Groups["type"].Value) is { } entry)
            {
                entries.Add(entry);
            }
            else if (text.Length > 0 && (isStrict || line.Success))
            {
                findings.Warn(Cxi.TextForm, file.Line(number), "found a line that is no entry of a memory map; expected such as '0x0-0x9ffff System RAM' with a type that Linux names");
            }
        }
    }

    private static EfiEntryDescription? Entry(AddressRange range, string type) =>
        Types.Where(known => known.Name == type)
            .Select(known => new EfiEntryDescription(range, known.Type, EfiEntryDescription.UsualAttributes(known.Type, known.SpecificPurpose)))
            .FirstOrDefault();

    [GeneratedRegex("^(?:0x)?(?<start>[0-9a-f]{1,16})-(?:0x)?(?<last>[0-9a-f]{1,16}) (?<type>.+)$")]
    private static partial Regex MapLine();

    [GeneratedRegex(@"BIOS-e820: \[mem 0x(?<start>[0-9a-f]{1,16})-0x(?<last>[0-9a-f]{1,16})\] (?<type>.+?)\s*$")]
    private static partial Regex LogLine();
}
