using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Reads PCI functions and the objects of CXL out of attributes and links of sysfs.</summary>
internal static partial class SysfsReader
{
    // Flags of a line of 'resource' (include/linux/ioport.h).
    private const ulong ResourceMemory = 0x200;
    private const ulong ResourcePrefetch = 0x2000;
    private const ulong Resource64Bit = 0x10_0000;
    private const int BarsOfFunction = 6;

    private static readonly (string Name, ushort Bit)[] Capabilities =
    [
        ("cap_type2", CedtCfmws.RestrictDeviceCoherent), ("cap_type3", CedtCfmws.RestrictHostOnly),
        ("cap_ram", CedtCfmws.RestrictVolatile), ("cap_pmem", CedtCfmws.RestrictPersistent),
    ];

    public static void ReadPci(SysfsFacts sysfs, PciInventory inventory)
    {
        foreach ((string path, byte[] config) in sysfs.Binary.Where(entry => entry.Key.EndsWith("/config", StringComparison.Ordinal)))
        {
            if (BdfText.Function(Leaf(Parent(path))) is { } place)
            {
                PciConfigReader.Read(inventory.Of(place), config);
            }
        }

        foreach ((string path, string value) in sysfs.Values.Where(entry => entry.Key.EndsWith("/resource", StringComparison.Ordinal)))
        {
            if (BdfText.Function(Leaf(Parent(path))) is { } place)
            {
                ReadBars(inventory.Of(place), value);
            }
        }
    }

    public static void ReadCxl(SysfsFacts sysfs, CxlFacts cxl, PciInventory pci)
    {
        ReadMemdevs(sysfs, cxl);
        ReadPlaces(sysfs, pci);
        ReadPorts(sysfs, cxl);
        ReadWindows(sysfs, cxl);
        ReadRegions(sysfs, cxl);
        cxl.IsLocked |= sysfs.Values.Any(entry => DecoderLock().IsMatch(entry.Key) && entry.Value == "1");
    }

    private static void ReadBars(PciFacts facts, string text)
    {
        string[] lines = text.Split("\\n");
        for (int bar = 0; bar < Math.Min(lines.Length, BarsOfFunction); bar++)
        {
            ulong?[] words = [.. lines[bar].Split(' ').Select(TextNumber.Parse)];
            if (words is [{ } start, { } end, { } flags] && (flags & ResourceMemory) != 0 && end > start)
            {
                facts.Bars.TryAdd(bar, new PciBarFacts(new ByteSize(unchecked(end - start + 1)), (flags & Resource64Bit) != 0, (flags & ResourcePrefetch) != 0));
            }
        }
    }

    private static void ReadMemdevs(SysfsFacts sysfs, CxlFacts cxl)
    {
        foreach (string device in sysfs.Values.Keys.Where(path => MemdevSerial().IsMatch(path)).Select(Parent))
        {
            if (BdfText.Function(Leaf(Parent(device))) is { } place)
            {
                MemdevFacts facts = cxl.Memdev(place);
                facts.Name ??= Leaf(device);
                facts.Serial ??= sysfs.Number(device + "/serial");
                facts.Volatile ??= sysfs.Number(device + "/ram/size");
                facts.Persistent ??= sysfs.Number(device + "/pmem/size");
                facts.LabelStorage ??= sysfs.Number(device + "/label_storage_size");
                facts.MailboxPayload ??= sysfs.Number(device + "/payload_max");
                facts.FirmwareVersion ??= sysfs.Value(device + "/firmware_version");
            }
        }
    }

    /// <summary>The path of a memory device names every bridge above it; links of ports name their downstream ports by number.</summary>
    private static void ReadPlaces(SysfsFacts sysfs, PciInventory pci)
    {
        foreach (string path in sysfs.Values.Keys.Where(path => MemdevSerial().IsMatch(path)))
        {
            Bdf[] way = [.. path.Split('/').Select(BdfText.Function).OfType<Bdf>()];
            for (int i = 0; i + 1 < way.Length; i++)
            {
                pci.AddBelow(way[i], way[i + 1]);
            }

            if (way.Length > 0)
            {
                pci.Of(way[^1]).Class ??= PciFacts.CxlMemoryClass;
            }
        }

        foreach ((string path, string target) in sysfs.Links)
        {
            if (PortDport().Match(path) is { Success: true } dport && BdfText.Function(Leaf(target)) is { } place)
            {
                pci.AddPort(place, TextNumber.Parse(dport.Groups["number"].Value));
            }
        }
    }

    /// <summary>A port's link to its device says whose decoders it has; an endpoint's device is the memory device.</summary>
    private static void ReadPorts(SysfsFacts sysfs, CxlFacts cxl)
    {
        ILookup<string, string> decoders = sysfs.Values.Keys.Where(path => DecoderSize().IsMatch(path)).Select(Parent).ToLookup(Parent);
        foreach ((string path, string target) in sysfs.Links)
        {
            string leaf = Leaf(path);
            if (leaf == "uport")
            {
                string port = Parent(path);
                int count = decoders[port].Count();
                if (MemdevName().IsMatch(Leaf(target)) && BdfText.Function(Leaf(Parent(target))) is { } place)
                {
                    cxl.Memdev(place).HdmDecoders ??= count > 0 ? count : null;
                }
                else if (count > 0)
                {
                    cxl.PortDecoders.TryAdd(Leaf(target), count);
                }
            }
            else if (RootDport().Match(path) is { Success: true } dport && BdfText.RootBus(Leaf(target)) is { } bus && uint.TryParse(dport.Groups["uid"].Value, CultureInfo.InvariantCulture, out uint uid))
            {
                cxl.Bridges.TryAdd(uid, bus);
            }
        }
    }

    private static void ReadWindows(SysfsFacts sysfs, CxlFacts cxl)
    {
        foreach (string decoder in sysfs.Values.Where(entry => entry.Key.EndsWith("/devtype", StringComparison.Ordinal) && entry.Value == "cxl_decoder_root").Select(entry => Parent(entry.Key)))
        {
            WindowFacts window = cxl.Window(Leaf(decoder));
            window.Start ??= sysfs.Number(decoder + "/start");
            window.Size ??= sysfs.Number(decoder + "/size");
            window.Granularity ??= sysfs.Number(decoder + "/interleave_granularity");
            window.QosClass ??= (ushort?)(sysfs.Number(decoder + "/qos_class") & 0xffff);
            uint[] targets = [.. (sysfs.Value(decoder + "/target_list") ?? "").Split(',').Select(word => uint.TryParse(word, out uint uid) ? uid : uint.MaxValue)];
            window.Targets ??= targets.Contains(uint.MaxValue) ? null : targets;
            foreach ((string name, ushort bit) in Capabilities)
            {
                window.Restrictions |= sysfs.Number($"{decoder}/{name}") == 1 ? bit : (ushort)0;
            }
        }
    }

    private static void ReadRegions(SysfsFacts sysfs, CxlFacts cxl)
    {
        // Of an endpoint's decoder to the memory device whose endpoint it is.
        Dictionary<string, string> memdevs = sysfs.Links
            .Where(link => EndpointUport().IsMatch(link.Key))
            .Select(link => (Number: EndpointUport().Match(link.Key).Groups["number"].Value, Memdev: Leaf(link.Value)))
            .GroupBy(endpoint => endpoint.Number)
            .ToDictionary(group => group.Key, group => group.First().Memdev, StringComparer.Ordinal);
        foreach (string path in sysfs.Values.Keys.Where(path => RegionCommit().IsMatch(path)).Select(Parent))
        {
            RegionFacts region = cxl.Region(Leaf(path));
            region.Start ??= sysfs.Number(path + "/resource");
            region.Size ??= sysfs.Number(path + "/size");
            region.Granularity ??= sysfs.Number(path + "/interleave_granularity");
            region.Type ??= sysfs.Value(path + "/mode");
            region.IsCommitted &= sysfs.Value(path + "/commit") == "1";
            for (int position = 0; sysfs.Value($"{path}/target{position}") is { } decoder; position++)
            {
                if (DecoderName().Match(decoder) is { Success: true } name && memdevs.TryGetValue(name.Groups["port"].Value, out string? memdev))
                {
                    region.Members.TryAdd(position, memdev);
                }
            }
        }
    }

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and int slash ? path[..slash] : "";

    private static string Leaf(string path) => path[(path.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"/mem\d+/serial$")]
    private static partial Regex MemdevSerial();

    [GeneratedRegex(@"^mem\d+$")]
    private static partial Regex MemdevName();

    [GeneratedRegex(@"/decoder\d+\.\d+/size$")]
    private static partial Regex DecoderSize();

    [GeneratedRegex(@"/decoder(?!0\.)\d+\.\d+/locked$")]
    private static partial Regex DecoderLock();

    [GeneratedRegex(@"/root0/dport(?<uid>\d+)$")]
    private static partial Regex RootDport();

    [GeneratedRegex(@"/port\d+/dport(?<number>\d{1,3})$")]
    private static partial Regex PortDport();

    [GeneratedRegex(@"/endpoint(?<number>\d+)/uport$")]
    private static partial Regex EndpointUport();

    [GeneratedRegex(@"/region\d+/commit$")]
    private static partial Regex RegionCommit();

    [GeneratedRegex(@"^decoder(?<port>\d+)\.\d+$")]
    private static partial Regex DecoderName();
}
