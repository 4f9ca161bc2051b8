using System.Text.Json.Nodes;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The stack of the machine: what stands in the platform file where that was stopped at, the functions that are under way, the phase or step.</summary>
internal sealed class DapStack(DapState state)
{
    public IEnumerable<DapVerb> Verbs => [new("threads", _ => Threads()), new("stackTrace", StackTrace)];

    private static DapAnswer Threads() =>
        new(new JsonObject { ["threads"] = new JsonArray(new JsonObject { ["id"] = DapMotion.Thread, ["name"] = "machine" }) });

    private DapAnswer StackTrace(DapArguments arguments)
    {
        if (arguments.Number("threadId", DapMotion.Thread) is var thread && thread != DapMotion.Thread)
        {
            throw new DapRefusal($"found the thread {thread}; expected {DapMotion.Thread}");
        }

        List<JsonObject> frames = [.. Frames()];
        int start = (int)Math.Clamp(arguments.Number("startFrame", 0), 0, frames.Count);
        long levels = arguments.Number("levels", 0);
        IEnumerable<JsonObject> wanted = levels > 0 ? frames.Skip(start).Take((int)Math.Min(levels, frames.Count)) : frames.Skip(start);
        return new DapAnswer(new JsonObject { ["stackFrames"] = new JsonArray([.. wanted]), ["totalFrames"] = frames.Count });
    }

    private IEnumerable<JsonObject> Frames()
    {
        int id = 1;
        BootScript script = state.Script;
        int line = Math.Min(state.Cursor, script.Lines.Count - 1);
        if (state.PlatformLine is { } platformLine)
        {
            yield return Frame(id++, state.Stop.Hits.Count > 0 ? state.Stop.Hits[0].What : "platform", DapSources.OfPlatform(state), platformLine - 1);
        }

        IReadOnlyList<SimFrame> frames = FramesOf(state);
        for (int i = frames.Count - 1; i >= 0; i--)
        {
            string text = $"{frames[i].Function} {frames[i].Subject}";
            line = i == frames.Count - 1 ? line : script.IndexOf(text, line);
            yield return Frame(id++, text, DapSources.OfScript(state), line);
        }

        int outer = line;
        while (outer > 0 && script.Lines[outer].Depth > 0)
        {
            outer--;
        }

        string name = state.Machine.Simulation.LastThread is { } running && frames.Count > 0 ? $"{script.Lines[outer].Text}, thread {running.Name}" : script.Lines[outer].Text;
        yield return Frame(id, name, DapSources.OfScript(state), frames.Count == 0 ? line : outer);
    }

    /// <summary>The functions that are under way, outermost first: where a breakpoint was met, those of that moment.</summary>
    public static IReadOnlyList<SimFrame> FramesOf(DapState state) => state.Stop.Hits.Count > 0 ? state.Stop.Hits[0].Frames : state.Session.Frames;

    private JsonObject Frame(int id, string name, JsonObject source, int line)
    {
        JsonObject frame = new() { ["id"] = id, ["name"] = name, ["source"] = source, ["line"] = line + state.FirstLine, ["column"] = state.FirstColumn };
        if (state.Machine.FirmwareTables is { Count: > 0 } tables)
        {
            frame["instructionPointerReference"] = DapMemory.Reference((tables.FirstOrDefault(table => table.Signature == "CEDT") ?? tables[0]).Address);
        }

        return frame;
    }
}
