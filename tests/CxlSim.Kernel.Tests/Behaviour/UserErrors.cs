using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The machine of the recording 08-user-errors, and its long list of wrong, and some right, writes.</summary>
internal sealed partial class UserErrors
{
    /// <summary>Two host bridges, three devices; a 2-way window over both bridges and a 1-way window on the first.</summary>
    private const string Machine = """
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges:
          - uid: 12
            bus: 0x0c
            last_bus: 0x0e
            component_registers: 0x480000000
            root_ports: [{type3: {volatile: 512MiB, serial: 0xabc0}}, {type3: {volatile: 512MiB, serial: 0xabc1}}]
          - uid: 100
            bus: 0x64
            last_bus: 0x66
            component_registers: 0x480010000
            root_ports: [{type3: {volatile: 512MiB, serial: 0xabc2}}, {}]
        windows:
          - {base: 0x490000000, size: 4GiB, targets: [12, 100], restrictions: 0xf}
          - {base: 0x590000000, size: 4GiB, targets: [12], restrictions: 0xf}
        """;

    private readonly Dictionary<string, string> _names = [];

    public UserErrors()
    {
        foreach ((string mem, string endpoint, ulong serial) in new[] { ("mem0", "3", 0xabc2UL), ("mem1", "4", 0xabc0UL), ("mem2", "5", 0xabc1UL) })
        {
            _names[mem] = Session.Memdev(serial).Name;
            _names["decoder" + endpoint] = $"decoder{Session.Memdev(serial).Endpoint!.Id}";
        }

        _names["decoder1"] = $"decoder{Session.Bridge(100).Id}";
        _names["decoder2"] = $"decoder{Session.Bridge(12).Id}";
    }

    public MachineSession Session { get; } = Given.Booted(Machine);

    /// <summary>Number, access, value, result, and the rule that explains a refusal; the first is '-' for what the script did between attempts.</summary>
    public static IReadOnlyList<string[]> Rows { get; } = ReadRows();

    /// <summary>Does what a row says, with the names that things have here.</summary>
    public string Try(string[] row)
    {
        string path = Translate(row[1])[3..];
        if (row[1].StartsWith("rd ", StringComparison.Ordinal))
        {
            return Session.Text(path);
        }

        Errno error = Session.Write(path, Translate(row[2]));
        return error == Errno.Ok ? "ok" : error.ToString();
    }

    private string Translate(string text) => RecordedName().Replace(text, match => _names.GetValueOrDefault(match.Value, match.Value));

    /// <summary>The memdev, endpoint or port that a number of the recording stands for.</summary>
    [GeneratedRegex(@"\b(?<kind>mem|endpoint|port|decoder)(?<number>\d+)\b")]
    private static partial Regex RecordedName();

    private static string[][] ReadRows()
    {
        using StreamReader reader = new(typeof(UserErrors).Assembly.GetManifestResourceStream("user-errors.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))];
    }
}
