using System.Globalization;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The commands that show the machine as it stands.</summary>
internal sealed class DebugLooks(DebugSession session, DebugRegisters registers, TextWriter output)
{
    private const int LogLines = 10;
    private const int ScriptLines = 8;
    private const string NoKernel = "the kernel does not run yet\n";

    private static readonly string[] Topics = ["phases", "queue", "devices", "decoders", "iomem", "regions", "blocks", "breakpoints", "log", "script", "registers"];

    public IEnumerable<DebugVerb> Verbs =>
    [
        new("info", "i", string.Join('|', Topics), "Show one of these.\n'info log N' shows the last N lines, 10 else.\n'info registers' lists the units, 'info registers UNIT' the registers of one,\n'info registers UNIT NAME|OFFSET' fields: info registers card Decoder 0 Control.", Info) { Words = (before, _) => before.Length == 0 ? Topics : [] },
        new("backtrace", "bt", "", "Show the phase, and the functions that are under way, the innermost first; where a breakpoint was met, those of that moment.", Backtrace),
        new("explain", "e", "", "Say what of each device's memory is in use and why the rest is not, and why calls were refused.", Explain),
        new("diff", "", "EVENT [EVENT]", "Say what changed of the machine between an event and here, or another event.", Diff),
    ];

    private bool Info(string words)
    {
        string[] parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] topics = parts.Length == 0 ? [] : parts[0] == "b" ? ["breakpoints"] : [.. Topics.Where(topic => topic.StartsWith(parts[0], StringComparison.Ordinal))];
        if (topics is ["registers"])
        {
            return registers.Info(words.Trim()[parts[0].Length..].Trim());
        }

        int lines = LogLines;
        bool isLog = topics is ["log"];
        if (topics.Length != 1 || parts.Length > (isLog ? 2 : 1) || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out lines)))
        {
            output.Write($"found '{words}'; expected one of {string.Join(", ", Topics)}\n");
            return false;
        }

        output.Write(topics[0] switch
        {
            "phases" => Phases(),
            "queue" => QueueText.Render(session.Machine.Simulation),
            "devices" => Devices(),
            "breakpoints" => Breakpoints(),
            "script" => Script(),
            _ => session.Machine.Kernel is { } kernel ? OfKernel(topics[0], kernel, lines) : NoKernel,
        });
        return true;
    }

    /// <summary>The lines around the one at hand, which the arrow shows.</summary>
    private string Script()
    {
        BootScript script = session.Script();
        int here = script.IndexAt(session.Position);
        int first = Math.Max(0, here - ScriptLines);
        string[] lines = script.ToString().Split('\n')[..^1];
        return string.Concat(lines.Skip(first).Take(here + ScriptLines + 1 - first).Select((line, index) => $"{(first + index == here ? '>' : ' ')} {line}\n"));
    }

    private static string OfKernel(string topic, LinuxKernel kernel, int lines) => topic switch
    {
        "decoders" => DecoderTable.Render(kernel),
        "iomem" => IomemView.Render(kernel.Iomem),
        "regions" => string.Concat(kernel.Cxl.Bus.Devices.OfType<CxlRegion>().Select(Region)),
        "blocks" => LsmemView.Render(kernel, new LsmemOptions()),
        _ => string.Concat(kernel.Log.Lines.TakeLast(lines).Select(line => $"[{new SimTime(line.Since.Picoseconds)}] {line.Text}\n")),
    };

    private string Phases()
    {
        Dictionary<string, DebugRecord> entered = [];
        foreach (DebugRecord record in session.Records.Where(record => record.Record is PhaseEntered))
        {
            entered[((PhaseEntered)record.Record).Phase] = record;
        }

        return string.Concat(Enum.GetNames<Phase>().Select(name =>
        {
            string since = entered.TryGetValue(name, out DebugRecord? record) ? $" since {record.Time.ToString().Trim()} s, {record.Position}" : string.Empty;
            return $"{(name == session.Machine.Phase.ToString() ? '>' : ' ')} {name}{since}\n";
        }));
    }

    private string Devices() => string.Concat(session.Machine.Devices.Select(device =>
    {
        string memdev = session.Machine.MemdevOf(device) is { } found ? $" {found.Name}" : string.Empty;
        return $"{device.Id}{memdev} {device.Address?.ToString() ?? "no bus number"} {device.Capacity}, {device.Touched} touched\n";
    }));

    private string Breakpoints() => session.Breakpoints.Count == 0
        ? "there are none\n"
        : string.Concat(session.Breakpoints.Select(breakpoint => string.Create(CultureInfo.InvariantCulture, $"{breakpoint.Number}: {breakpoint.Text}, met {session.CountOf(breakpoint)} times since power-on\n")));

    private static string Region(CxlRegion region)
    {
        string members = string.Join(", ", region.Targets.OfType<CxlEndpointDecoder>().Select(decoder => $"{decoder.Memdev.Name} {decoder.Name}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{region.Name} {region.State} {region.Resource?.Range.ToString() ?? "no addresses"} x{region.Ways} of {region.Granularity}: {(members.Length > 0 ? members : "no members")}\n");
    }

    private bool Backtrace(string words)
    {
        int number = 0;
        IReadOnlyList<SimFrame> frames = session.Hits.Count > 0 ? session.Hits[0].Frames : session.Frames;
        foreach (SimFrame frame in frames.Reverse())
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"#{number++} {frame.Function} {frame.Subject}\n"));
        }

        string thread = session.Machine.Simulation.LastThread is { } running ? $"thread {running.Name}" : "no thread ran, a device did";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"#{number} phase {session.Machine.Phase}, {thread}\n"));
        return true;
    }

    private bool Explain(string words)
    {
        bool canTell = session.Machine is { Kernel: not null, Phase: >= Phase.DriverProbe };
        output.Write(canTell ? ExplainText.Render(Explanation.Of(session.Session, session.Steps)) : "nothing to explain before the drivers probe\n");
        return canTell;
    }

    private bool Diff(string words)
    {
        string[] parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long[] events = [.. parts.Where(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        if (parts.Length is not (1 or 2) || events.Length != parts.Length)
        {
            output.Write($"found '{words}'; expected the number of an event, or of two\n");
            return false;
        }

        string now = events.Length == 2 ? session.DumpAt(events[1]) : MachineDump.Render(session.Machine);
        string changes = MachineDump.Compare(session.DumpAt(events[0]), now);
        output.Write(changes.Length > 0 ? changes : "nothing is different\n");
        return true;
    }
}
