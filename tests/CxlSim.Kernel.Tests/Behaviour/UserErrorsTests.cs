using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Session;
using Xunit.Abstractions;

namespace CxlSim.Kernel.Tests;

/// <summary>What a real kernel answered to a long list of wrong, and some right, writes: the same list, in the same order, is tried here.</summary>
public sealed partial class UserErrorsTests(ITestOutputHelper output)
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

    /// <summary>Attempts that end differently here, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void EveryAttempt_EndsAsOnARealKernel()
    {
        MachineSession session = Given.Booted(Machine);
        Dictionary<string, string> names = NamesByRecordedName(session);
        List<string> differences = [];
        int agreeing = 0;
        foreach (string[] row in Rows())
        {
            string found = Try(session, RecordedName().Replace(row[1], match => Translate(match, names)), RecordedName().Replace(row[2], match => Translate(match, names)));
            if (found == row[3])
            {
                agreeing += row[0] == "-" ? 0 : 1;
            }
            else if (!Exceptions.ContainsKey(row[0]))
            {
                differences.Add($"{row[0]} {row[1]} {row[2]}: recorded {row[3]}, found {found}");
            }
        }

        differences.ForEach(output.WriteLine);
        output.WriteLine($"{agreeing} attempts agree");
        differences.Should().BeEmpty();
        agreeing.Should().Be(203 - Exceptions.Count);
    }

    /// <summary>The memdev, endpoint or port that a number of the recording stands for.</summary>
    [GeneratedRegex(@"\b(?<kind>mem|endpoint|port|decoder)(?<number>\d+)\b")]
    private static partial Regex RecordedName();

    private static Dictionary<string, string> NamesByRecordedName(MachineSession session)
    {
        Dictionary<string, string> names = [];
        foreach ((string mem, string endpoint, ulong serial) in new[] { ("mem0", "3", 0xabc2UL), ("mem1", "4", 0xabc0UL), ("mem2", "5", 0xabc1UL) })
        {
            names[mem] = session.Memdev(serial).Name;
            names["decoder" + endpoint] = $"decoder{session.Memdev(serial).Endpoint!.Id}";
        }

        names["decoder1"] = $"decoder{session.Bridge(100).Id}";
        names["decoder2"] = $"decoder{session.Bridge(12).Id}";
        return names;
    }

    private static string Translate(Match match, Dictionary<string, string> names) => names.GetValueOrDefault(match.Value, match.Value);

    private static string Try(MachineSession session, string access, string value)
    {
        string path = access[3..];
        if (access.StartsWith("rd ", StringComparison.Ordinal))
        {
            return session.Text(path);
        }

        Errno error = session.Write(path, value);
        return error == Errno.Ok ? "ok" : error.ToString();
    }

    private static IEnumerable<string[]> Rows()
    {
        using StreamReader reader = new(typeof(UserErrorsTests).Assembly.GetManifestResourceStream("user-errors.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))];
    }
}
