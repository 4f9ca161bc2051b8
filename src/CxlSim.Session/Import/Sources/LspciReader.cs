using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Reads what <c>lspci</c> prints, with few options or many (<c>-n</c>, <c>-nn</c>, <c>-v</c> to <c>-vvv</c>, <c>-D</c>, <c>-x</c>), and lists of sysfs ids. Lines that say nothing of interest are passed over.</summary>
internal static partial class LspciReader
{
    /// <summary>Classes as lspci names them where it prints no numbers.</summary>
    private static readonly (string Name, uint Class)[] ClassNames =
    [
        ("PCI bridge", PciFacts.BridgeClass), ("Host bridge", 0x0600), ("CXL", PciFacts.CxlMemoryClass), ("ISA bridge", 0x0601),
        ("SATA controller", 0x0106), ("SMBus", 0x0c05), ("System peripheral", 0x0880),
    ];

    public static void Read(CaptureFile file, PciInventory inventory, ImportFindings findings)
    {
        PciFacts? current = null;
        List<byte> dump = [];
        foreach ((int number, string line) in file.Lines())
        {
            if (Header().Match(line) is { Success: true } header)
            {
                PciConfigReader.Read(current, [.. dump]);
                dump.Clear();
                current = Open(header, inventory, findings);
            }
            else if (line.Length > 0 && char.IsAsciiHexDigit(line[0]) && HexLine().Match(line) is { Success: true } hex)
            {
                dump.AddRange(hex.Groups["bytes"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => byte.Parse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            }
            else if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
            {
                current = null;
                findings.Warn(Cxi.TextForm, file.Line(number), "the line begins no function; expected a place such as 0000:0c:00.0 at its start; what follows is passed over up to the next function");
            }
            else if (current is not null)
            {
                Detail(current, line);
            }
        }

        PciConfigReader.Read(current, [.. dump]);
    }

    private static PciFacts? Open(Match header, PciInventory inventory, ImportFindings findings)
    {
        // Linux numbers what lies behind an Intel VMD from 0x10000 on.
        ushort? segment = header.Groups["segment"] is { Success: true } group ? Hex16(group) : (ushort)0;
        if (segment is null)
        {
            findings.NotExpressed($"functions of the segment 0x{header.Groups["segment"].Value} are left out: a platform file has segments of 16 bits");
            return null;
        }

        PciFacts facts = inventory.Of(new Bdf(segment.Value, (byte)Hex16(header.Groups["bus"])!, (byte)(Hex16(header.Groups["device"])! & 0x1f), (byte)Hex16(header.Groups["function"])!));
        string rest = header.Groups["rest"].Value;
        if (SysfsIds().Match(rest) is { Success: true } sysfs)
        {
            facts.VendorId ??= Hex16(sysfs.Groups["vendor"]);
            facts.DeviceId ??= Hex16(sysfs.Groups["device"]);
            facts.Class ??= Hex16(sysfs.Groups["class"]);
            facts.ProgrammingInterface ??= (byte?)Hex16(sysfs.Groups["interface"]);
            return facts;
        }

        Match plain = NumericIds().Match(rest);
        Match ids = plain.Success ? plain : BracketIds().Matches(rest).LastOrDefault() ?? plain;
        facts.VendorId ??= Hex16(ids.Groups["vendor"]);
        facts.DeviceId ??= Hex16(ids.Groups["device"]);
        Match number = plain.Success ? plain : BracketClass().Match(rest);
        facts.Class ??= number.Success ? Hex16(number.Groups["class"]) : ClassNames.Where(known => rest.StartsWith(known.Name + ":", StringComparison.Ordinal)).Select(known => (uint?)known.Class).FirstOrDefault();
        facts.ProgrammingInterface ??= (byte?)Hex16(Interface().Match(rest).Groups["interface"]);
        return facts;
    }

    private static void Detail(PciFacts facts, string line)
    {
        if (Region().Match(line) is { Success: true } region)
        {
            AddBar(facts, region);
        }
        else if (Buses().Match(line) is { Success: true } buses)
        {
            facts.Secondary ??= (byte?)Hex16(buses.Groups["secondary"]);
        }
        else if (Port().Match(line) is { Success: true } port && byte.TryParse(port.Groups["port"].Value, CultureInfo.InvariantCulture, out byte portNumber))
        {
            facts.PortNumber ??= portNumber;
        }
        else if (SlotCapabilities().Match(line) is { Success: true } slot)
        {
            facts.AllowsHotplug ??= slot.Groups["hotplug"].Value == "+";
        }
        else if (SlotNumber().Match(line) is { Success: true } number && ushort.TryParse(number.Groups["slot"].Value, CultureInfo.InvariantCulture, out ushort slotNumber))
        {
            facts.Slot ??= slotNumber;
        }
        else if (SerialNumber().Match(line) is { Success: true } serial)
        {
            facts.Serial ??= ulong.Parse(serial.Groups["serial"].Value.Replace("-", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
        else if (Range().Match(line) is { Success: true } range && ulong.TryParse(range.Groups["size"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong size))
        {
            facts.RangeSize = unchecked((facts.RangeSize ?? 0) + size);
        }
        else if (line.Contains("CEMsk:", StringComparison.Ordinal) && line.Contains("CorrIntErr-", StringComparison.Ordinal))
        {
            facts.ReportsInternalErrors = true;
        }
        else if (line.Contains("Vendor=1e98", StringComparison.Ordinal))
        {
            facts.IsCxl = true;
        }
    }

    private static void AddBar(PciFacts facts, Match region)
    {
        int shift = "KMGT".IndexOf(region.Groups["unit"].Value, StringComparison.Ordinal) is var unit && region.Groups["unit"].Length == 0 ? 0 : 10 * (unit + 1);
        if (ulong.TryParse(region.Groups["size"].Value, CultureInfo.InvariantCulture, out ulong count) && count <= ulong.MaxValue >> shift)
        {
            PciBarFacts bar = new(new ByteSize(count << shift), region.Groups["width"].Value == "64", !region.Groups["non"].Success);
            facts.Bars.TryAdd(region.Groups["index"].Value[0] - '0', bar);
        }
    }

    private static ushort? Hex16(Group group) =>
        group.Success && ushort.TryParse(group.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value) ? value : null;

    [GeneratedRegex(@"^(?:(?<segment>[0-9a-f]{4,8}):)?(?<bus>[0-9a-f]{2}):(?<device>[01][0-9a-f])\.(?<function>[0-7])\s+(?<rest>\S.*)$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^[0-9a-f]{2,3}:(?<bytes>(?: [0-9a-f]{2}){1,16})\s*$")]
    private static partial Regex HexLine();

    [GeneratedRegex(@"^0x(?<vendor>[0-9a-f]{4}):0x(?<device>[0-9a-f]{4}) class=0x(?<class>[0-9a-f]{4})(?<interface>[0-9a-f]{2})")]
    private static partial Regex SysfsIds();

    [GeneratedRegex(@"^(?:Class )?(?<class>[0-9a-f]{4}): (?<vendor>[0-9a-f]{4}):(?<device>[0-9a-f]{4})\b")]
    private static partial Regex NumericIds();

    [GeneratedRegex(@"\[(?<vendor>[0-9a-f]{4}):(?<device>[0-9a-f]{4})\]")]
    private static partial Regex BracketIds();

    [GeneratedRegex(@"\[(?<class>[0-9a-f]{4})\]:")]
    private static partial Regex BracketClass();

    [GeneratedRegex(@"\(prog-if (?<interface>[0-9a-f]{2})")]
    private static partial Regex Interface();

    [GeneratedRegex(@"^\s+Region (?<index>[0-5]): Memory at \S+ \((?<width>32|64)-bit, (?<non>non-)?prefetchable\).*\[size=(?<size>[0-9]{1,9})(?<unit>[KMGT]?)\]")]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s+Bus: primary=[0-9a-f]{2}, secondary=(?<secondary>[0-9a-f]{2})")]
    private static partial Regex Buses();

    [GeneratedRegex(@"^\s+LnkCap:\s+Port #(?<port>[0-9]{1,3})")]
    private static partial Regex Port();

    [GeneratedRegex(@"^\s+SltCap:.*HotPlug(?<hotplug>[+-])")]
    private static partial Regex SlotCapabilities();

    [GeneratedRegex(@"^\s+Slot #(?<slot>[0-9]{1,5})")]
    private static partial Regex SlotNumber();

    [GeneratedRegex(@"Device Serial Number (?<serial>[0-9a-f]{2}(?:-[0-9a-f]{2}){7})")]
    private static partial Regex SerialNumber();

    [GeneratedRegex(@"^\s+Range[12]: [0-9a-f]+-[0-9a-f]+ \[size=0x(?<size>[0-9a-f]{1,16})\]")]
    private static partial Regex Range();
}
