using System.Globalization;
using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>The windows and decoders of a recorded machine, as its sysfs showed them: who is below which port from one state, decoders from another.</summary>
internal sealed partial class RecordedMachine
{
    private const int FirstSerial = 0xabc0;

    private readonly string[] _objects;
    private readonly Dictionary<string, Dictionary<string, string>> _decoders;
    private readonly string _committed;

    /// <param name="scenario">A folder of tests/golden.</param>
    /// <param name="state">Below it: lists of decoders where a geometry was tried, else all attributes.</param>
    public RecordedMachine(string scenario, string state)
    {
        _objects = File.ReadAllLines(RepositoryRoot.Golden(scenario, "00-boot", "cxl-attrs.txt"));
        string list = RepositoryRoot.Golden(scenario, state, "decoders.txt");
        bool hasList = File.Exists(list);
        _decoders = hasList ? FromList(File.ReadAllText(list)) : FromAttributes(File.ReadAllText(RepositoryRoot.Golden(scenario, state, "cxl-attrs.txt")));
        _committed = hasList ? File.ReadAllText(RepositoryRoot.Golden(scenario, state, "committed.txt")) : "";
    }

    /// <summary>Devices bear the numbers of their files.</summary>
    public DecodeWindow[] Windows
    {
        get
        {
            Dictionary<byte, DecodeNode> bridges = Below("root0");
            return
            [
                .. DecodersOf("root0").Select(decoder => new DecodeWindow(
                    RangeOf(decoder), Number(decoder["interleave_granularity"]), [.. Targets(decoder).Select(target => bridges[target])])),
            ];
        }
    }

    private Dictionary<byte, DecodeNode> Below(string parent)
    {
        Dictionary<string, byte> ports = Links($"/{parent}/dport").ToDictionary(link => link.Target, link => (byte)Number(link.Name));
        return Links($"/{parent}/").Where(link => link.Name.EndsWith("/parent_dport", StringComparison.Ordinal) && link.Name.Count(c => c == '/') == 1)
            .ToDictionary(link => ports[link.Target], link => NodeOf(link.Name.Split('/')[0]));
    }

    private DecodeNode NodeOf(string name)
    {
        if (name.StartsWith("endpoint", StringComparison.Ordinal))
        {
            string memdev = Links($"/{name}/").Single(link => link.Name == "uport").Target.Split('/')[^1];
            string serial = _objects.Single(line => line.Contains($"/{memdev}/serial = ", StringComparison.Ordinal)).Split(" = ")[1];
            return new EndpointNode(Number(serial) - FirstSerial, [.. DecodersOf(name).Select(decoder => DecoderOf(decoder, Hex(decoder["dpa_resource"])))], name);
        }

        bool isPassthrough = _committed.Contains(name + " decoders_committed=0", StringComparison.Ordinal);
        HdmDecoder[] decoders = [.. DecodersOf(name).Select(decoder => DecoderOf(decoder, Targets(decoder).Reverse().Aggregate(0UL, (list, port) => (list << 8) | port)))];
        return new PortNode(isPassthrough ? null : decoders, Below(name), name);
    }

    /// <summary>Those that are programmed. A port's decoders bear its number.</summary>
    private IEnumerable<Dictionary<string, string>> DecodersOf(string port) => _decoders
        .Where(decoder => decoder.Key.Split('.')[0] == "decoder" + port.TrimStart([.. "rotpnedi"]) && Hex(decoder.Value["size"]) != 0)
        .OrderBy(decoder => decoder.Key, StringComparer.Ordinal).Select(decoder => decoder.Value);

    private static HdmDecoder DecoderOf(Dictionary<string, string> decoder, ulong targetList) =>
        new(RangeOf(decoder), Number(decoder["interleave_ways"]), Number(decoder["interleave_granularity"]), targetList);

    private static AddressRange RangeOf(Dictionary<string, string> decoder) => AddressRange.Of(new Hpa(Hex(decoder["start"])), new ByteSize(Hex(decoder["size"])));

    private static byte[] Targets(Dictionary<string, string> decoder) => [.. decoder["target_list"].Split(',').Select(target => (byte)Number(target))];

    /// <summary>Links whose path contains a text: what follows it, and the target without its way up.</summary>
    private IEnumerable<(string Name, string Target)> Links(string text) =>
        from line in _objects
        where line.Contains(text, StringComparison.Ordinal) && line.Contains(" -> ", StringComparison.Ordinal)
        let link = line[(line.IndexOf(text, StringComparison.Ordinal) + text.Length)..].Split(" -> ")
        select (link[0], link[1].Replace("../", "", StringComparison.Ordinal));

    private static Dictionary<string, Dictionary<string, string>> FromList(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));

    private static Dictionary<string, Dictionary<string, string>> FromAttributes(string text) => Attribute().Matches(text).GroupBy(match => match.Groups["decoder"].Value)
        .ToDictionary(group => group.Key, group => group.ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value));

    private static int Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? (int)Hex(text) : int.Parse(text, CultureInfo.InvariantCulture);

    private static ulong Hex(string text) => ulong.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^/sys/devices/platform/\S*/(?<decoder>decoder\d+\.\d+)/(?<name>\w+) = (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Attribute();
}
