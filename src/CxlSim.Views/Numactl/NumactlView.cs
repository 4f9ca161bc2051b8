using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>What <c>numactl --hardware</c> of 2.0.19 prints on the modelled machine, byte for byte: nodes, their CPUs and memory, and how far they are apart.</summary>
public static class NumactlView
{
    private const string Directory = "/sys/devices/system/node";

    /// <param name="kernel">The machine's kernel.</param>
    /// <param name="compressCpus"><c>--cpu-compress</c>: CPUs in ranges, and their number.</param>
    public static string Render(LinuxKernel kernel, bool compressCpus)
    {
        SysfsFiles files = new(kernel);
        int[] nodes = [.. files.Numbered(Directory, "node").Select(found => found.Id).Order()];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"available: {nodes.Length} nodes ({ListFormat.Of(nodes)})\n");
        foreach (int node in nodes)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{Directory}/node{node}");
            text.Append(CultureInfo.InvariantCulture, $"node {node} cpus:{Cpus(files.Text($"{path}/cpulist") ?? string.Empty, compressCpus)}\n");
            text.Append(CultureInfo.InvariantCulture, $"node {node} size: {Megabytes(files, path, "MemTotal")} MB\n");
            text.Append(CultureInfo.InvariantCulture, $"node {node} free: {Megabytes(files, path, "MemFree")} MB\n");
        }

        text.Append("node distances:\nnode  ").AppendJoin(string.Empty, nodes.Select(node => Column(node))).Append('\n');
        foreach (int node in nodes)
        {
            string[] distances = (files.Text(string.Create(CultureInfo.InvariantCulture, $"{Directory}/node{node}/distance")) ?? string.Empty).Split(' ');
            text.Append(CultureInfo.InvariantCulture, $"{node,4}: ").AppendJoin(string.Empty, distances.Select(distance => Column(distance))).Append('\n');
        }

        return text.ToString();
    }

    private static string Column(object value) => string.Create(CultureInfo.InvariantCulture, $"{value,4} ");

    private static string Cpus(string list, bool compress)
    {
        string[] ranges = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        int[] cpus = [.. ranges.SelectMany(Expand)];
        return compress
            ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', ranges.Select(range => $" {range}"))} ({cpus.Length})")
            : string.Concat(cpus.Select(cpu => string.Create(CultureInfo.InvariantCulture, $" {cpu}")));
    }

    private static IEnumerable<int> Expand(string range)
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    /// <summary>Of a line <c>Node 1 MemTotal: 524288 kB</c>.</summary>
    private static ulong Megabytes(SysfsFiles files, string path, string key)
    {
        string line = (files.Text($"{path}/meminfo") ?? string.Empty).Split('\n').First(found => found.Contains($" {key}:", StringComparison.Ordinal));
        return CNumber.Unsigned(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], out _) >> 10;
    }
}
