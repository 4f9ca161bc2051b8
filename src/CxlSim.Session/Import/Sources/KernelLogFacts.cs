using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What the log of a kernel says of its own version and command line, of root bridges and of what it took out of the memory map.</summary>
internal sealed partial class KernelLogFacts
{
    public KernelLogFacts(CaptureFile? file)
    {
        foreach ((_, string line) in file?.Lines() ?? [])
        {
            if (VersionLine().Match(line) is { Success: true } version)
            {
                KernelVersion ??= version.Groups["version"].Value;
            }
            else if (CommandLineLine().Match(line) is { Success: true } command)
            {
                CommandLine ??= command.Groups["line"].Value;
            }
            else if (RootBridge().Match(line) is { Success: true } bridge)
            {
                (byte First, byte Last) buses = (Byte(bridge, "first"), Byte(bridge, "last"));
                Buses.TryAdd(((ushort)TextNumber.Hex(bridge.Groups["segment"].Value)!, buses.First), buses.Last);
                BusOfName.TryAdd(bridge.Groups["name"].Value, buses.First);
            }
            else if (RootMemory().Match(line) is { Success: true } memory)
            {
                AddMemory(memory);
            }
            else if (RemovedMmio().Match(line) is { Success: true } mmio && Range(mmio) is { } range)
            {
                Removed.Add(range);
            }
        }
    }

    public string? KernelVersion { get; }

    public string? CommandLine { get; }

    /// <summary>The last bus of a root bridge, by segment and first bus.</summary>
    public Dictionary<(ushort Segment, byte Bus), byte> Buses { get; } = [];

    /// <summary>The first bus of a root bridge, by its name in the namespace.</summary>
    public Dictionary<string, byte> BusOfName { get; } = new(StringComparer.Ordinal);

    /// <summary>What a root bridge forwards, by segment and first bus.</summary>
    public Dictionary<(ushort Segment, byte Bus), List<AddressRange>> Mmio { get; } = [];

    /// <summary>Memory-mapped I/O that the kernel took out of the EFI map.</summary>
    public List<AddressRange> Removed { get; } = [];

    private void AddMemory(Match line)
    {
        (ushort, byte) bus = ((ushort)TextNumber.Hex(line.Groups["segment"].Value)!, Byte(line, "bus"));
        if (Range(line) is { } range)
        {
            List<AddressRange> ranges = Mmio.TryGetValue(bus, out List<AddressRange>? known) ? known : Mmio[bus] = [];
            ranges.Add(range);
        }
    }

    private static byte Byte(Match match, string group) => byte.Parse(match.Groups[group].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static AddressRange? Range(Match match) =>
        TextNumber.Hex(match.Groups["start"].Value) is { } start && TextNumber.Hex(match.Groups["end"].Value) is { } end && end >= start && end < 1UL << 52
            ? AddressRange.FromBounds(new Hpa(start), new Hpa(end))
            : null;

    [GeneratedRegex(@"Linux version (?<version>\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"(?:^|[>\]] |: )Command line: (?<line>.*)$")]
    private static partial Regex CommandLineLine();

    [GeneratedRegex(@"PCI Root Bridge \[(?<name>\w{4})\] \(domain (?<segment>[0-9a-f]{4}) \[bus (?<first>[0-9a-f]{2})-(?<last>[0-9a-f]{2})\]\)")]
    private static partial Regex RootBridge();

    [GeneratedRegex(@"pci_bus (?<segment>[0-9a-f]{4}):(?<bus>[0-9a-f]{2}): root bus resource \[mem 0x(?<start>[0-9a-f]{1,16})-0x(?<end>[0-9a-f]{1,16})")]
    private static partial Regex RootMemory();

    [GeneratedRegex(@"efi: Remove mem\d+: MMIO range=\[0x(?<start>[0-9a-f]{1,16})-0x(?<end>[0-9a-f]{1,16})\]")]
    private static partial Regex RemovedMmio();
}
