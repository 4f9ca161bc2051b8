using System.Globalization;
using System.Text;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>All that can be seen of a machine, as one text: two machines in one state have one dump. A section begins with <c>=== name</c>.</summary>
public static class MachineDump
{
    public static string Render(SimulatedMachine machine)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"=== machine\ntime {machine.Simulation.Now.Picoseconds} ps\nphase {machine.Phase}\n");
        Section(text, "queue", QueueText.Render(machine.Simulation));
        Section(text, "devices", string.Concat(machine.Devices.Select(device => string.Create(
            CultureInfo.InvariantCulture, $"{device.Id} {device.Address?.ToString() ?? "no address"} {device.Touched.Bytes} bytes of {device.Capacity} touched\n"))));
        StringBuilder registers = new();
        foreach (RegisterUnit unit in machine.RegisterUnits)
        {
            RegisterText.Dump(registers, unit);
        }

        Section(text, "registers", registers.ToString());
        if (machine.Kernel is { } kernel)
        {
            Section(text, "decoders", DecoderTable.Render(kernel));
            Section(text, "blocks", string.Concat(kernel.Memory.Blocks.Select(block => $"{block.Name} {block.State}\n")));
            Section(text, "iomem", IomemView.Render(kernel.Iomem));
            Section(text, "sysfs", SysfsDump.Render(kernel.Sysfs.Root, intoDevices: true));
            Section(text, "log", string.Concat(kernel.Log.Lines.Select(line => $"{line.Text}\n")));
        }

        return text.ToString();
    }

    /// <summary>What of two dumps is different, section by section; empty where nothing is.</summary>
    public static string Compare(string old, string now)
    {
        Dictionary<string, string[]> before = Sections(old);
        Dictionary<string, string[]> after = Sections(now);
        StringBuilder text = new();
        foreach (string name in before.Keys.Union(after.Keys))
        {
            IReadOnlyList<DiffEntry> entries = LineDiff.Of(before.GetValueOrDefault(name, []), after.GetValueOrDefault(name, []));
            if (entries.Count > 0)
            {
                text.Append($"{name}\n").AppendJoin(string.Empty, entries.Select(entry => $"  {(entry.Old is null ? '+' : '-')} {entry.What}\n"));
            }
        }

        return text.ToString();
    }

    /// <summary>What a program wrote to the log may look as if a section began there.</summary>
    private static void Section(StringBuilder text, string name, string body) => text.Append($"=== {name}{("\n" + body).Replace("\n=== ", "\n === ", StringComparison.Ordinal)}");

    private static Dictionary<string, string[]> Sections(string dump) => ("\n" + dump).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(lines => lines[0], lines => lines[1..])
        .ToDictionary(section => section.Key, section => section.SelectMany(lines => lines).ToArray()); // a file that somebody wrote may have one twice
}
