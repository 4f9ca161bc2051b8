using System.Globalization;
using System.Text.Json.Nodes;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Breakpoints: in lines of the platform file and of the boot script, and by the words that the terminal's <c>break</c> knows.</summary>
internal sealed class DapBreakpoints(DapState state)
{
    private readonly List<DapBreakpoint> _all = [];
    private int _last;

    public IEnumerable<DapVerb> Verbs =>
    [
        new("setBreakpoints", InSource),
        new("breakpointLocations", Locations),
        new("setFunctionBreakpoints", Functions),
    ];

    /// <summary>Those that stopped the machine.</summary>
    public IReadOnlyList<DapBreakpoint> Of(DebugStop stop) => [.. _all.Where(known => stop.Hits.Any(hit => hit.Breakpoint == known.Set))];

    /// <summary>Puts others in the place of a group.</summary>
    /// <param name="group">Those that are set together.</param>
    /// <param name="wanted">Without number and without breakpoint.</param>
    public DapAnswer Replace(string group, IEnumerable<DapBreakpoint> wanted)
    {
        foreach (DapBreakpoint old in _all.Where(known => known.Group == group && known.Set is not null))
        {
            state.Session.Delete(old.Set!.Number);
        }

        _all.RemoveAll(known => known.Group == group);
        DapBreakpoint[] added = [.. wanted.Select(breakpoint => SetIn(breakpoint with { Id = ++_last, Group = group }))];
        _all.AddRange(added);
        return new DapAnswer(new JsonObject { ["breakpoints"] = new JsonArray([.. added.Select(breakpoint => breakpoint.ToJson(state.FirstLine))]) });
    }

    /// <summary>Sets all again in a machine that took the place of the one before; the client hears how they are now.</summary>
    public void SetAgain()
    {
        for (int i = 0; i < _all.Count; i++)
        {
            _all[i] = SetIn(_all[i] with { Set = null, Message = string.Empty });
            state.Writer.Event("breakpoint", new JsonObject { ["reason"] = "changed", ["breakpoint"] = _all[i].ToJson(state.FirstLine) });
        }
    }

    /// <summary>The place with its condition and the number of hits that the client asks for.</summary>
    public static string Conditional(string place, DapArguments wanted)
    {
        string condition = wanted.TextOrNull("condition")?.Trim() ?? string.Empty;
        string hits = wanted.TextOrNull("hitCondition")?.Trim() ?? string.Empty;
        string count = hits.Length == 0 ? string.Empty : char.IsAsciiDigit(hits[0]) ? $"count >= {hits}" : $"count {hits}";
        string both = condition.Length > 0 && count.Length > 0 ? $"{condition} and {count}" : condition + count;
        return both.Length > 0 ? $"{place} if {both}" : place;
    }

    private DapAnswer InSource(DapArguments arguments)
    {
        DapArguments source = arguments.Object("source") ?? throw new DapRefusal("found no 'source'; expected one");
        IReadOnlyList<DapArguments> wanted = arguments.Objects("breakpoints");
        if (source.Number("sourceReference", 0) > 0)
        {
            return Replace("script", [.. wanted.Select(InScript)]);
        }

        string path = PathOf(source);
        return Replace(path, [.. wanted.Select(line => InPlatform(path, line))]);
    }

    private static string PathOf(DapArguments source) => source.Text("path") is { Length: > 0 } path && !path.Contains('\0', StringComparison.Ordinal)
        ? Path.GetFullPath(path)
        : throw new DapRefusal("found a 'path' that names no file; expected one that does");

    private DapBreakpoint InScript(DapArguments wanted)
    {
        int line = (int)Math.Clamp(wanted.Number("line") - state.FirstLine, 0, state.Script.Lines.Count - 1);
        return new DapBreakpoint(0, string.Empty, "breakpoint", state.Script.Lines[line].Text) { ScriptLine = line };
    }

    private DapBreakpoint InPlatform(string path, DapArguments wanted)
    {
        int asked = (int)Math.Clamp(wanted.Number("line") - state.FirstLine + 1, 1, int.MaxValue);
        if (path != state.PlatformPath)
        {
            return new DapBreakpoint(0, string.Empty, "breakpoint", string.Empty) { PlatformLine = asked, Message = $"this machine comes from {state.PlatformPath}" };
        }

        IReadOnlyList<int> lines = BreakLines.Of(state.Machine.Platform);
        int line = lines.LastOrDefault(known => known <= asked, lines.Count > 0 ? lines[0] : asked); // of what the line is a part of
        return new DapBreakpoint(0, string.Empty, "breakpoint", Conditional(string.Create(CultureInfo.InvariantCulture, $"{line}"), wanted)) { PlatformLine = line };
    }

    private DapAnswer Locations(DapArguments arguments)
    {
        DapArguments source = arguments.Object("source") ?? throw new DapRefusal("found no 'source'; expected one");
        long first = arguments.Number("line");
        long last = arguments.Number("endLine", first);
        IEnumerable<int> lines = source.Number("sourceReference", 0) > 0 ? Enumerable.Range(1, state.Script.Lines.Count)
            : PathOf(source) == state.PlatformPath ? BreakLines.Of(state.Machine.Platform)
            : [];
        JsonNode[] found = [.. lines.Select(line => line - 1 + state.FirstLine).Where(line => line >= first && line <= last).Select(line => new JsonObject { ["line"] = line })];
        return new DapAnswer(new JsonObject { ["breakpoints"] = new JsonArray(found) });
    }

    private DapAnswer Functions(DapArguments arguments) =>
        Replace("functions", [.. arguments.Objects("breakpoints").Select(wanted => new DapBreakpoint(0, string.Empty, "function breakpoint", Conditional(wanted.Text("name"), wanted)))]);

    private DapBreakpoint SetIn(DapBreakpoint breakpoint)
    {
        if (breakpoint.ScriptLine is { } line)
        {
            int now = Math.Min(line, state.Script.Lines.Count - 1);
            return breakpoint with { ScriptLine = now, Set = state.Session.Break(state.Script.Lines[now]) };
        }

        if (breakpoint.Place.Length == 0)
        {
            return breakpoint;
        }

        Breakpoint? set = state.Session.Break(breakpoint.Place, out string error);
        return breakpoint with { Set = set, Message = error };
    }
}
