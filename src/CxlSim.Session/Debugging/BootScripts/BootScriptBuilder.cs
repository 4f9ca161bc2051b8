using System.Globalization;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Takes down what a run does, as something that waits for everything and stops at nothing.</summary>
internal sealed class BootScriptBuilder : BreakTarget
{
    private static readonly string[] Many = ["created ", "removed ", "memory_block_"];

    private readonly List<BootScriptLine> _lines = [];
    private readonly Dictionary<string, int> _occurrences = [];
    private DebugRun? _run;
    private int _alike;

    /// <summary>Runs to the end.</summary>
    /// <param name="start">Makes a run that meets a breakpoint.</param>
    public static BootScript Build(Func<Breakpoint, DebugRun> start)
    {
        BootScriptBuilder builder = new();
        builder._run = start(new Breakpoint(0, string.Empty, builder, null));
        builder._run.Go(() => false);
        return new BootScript(builder._lines);
    }

    public override BreakMatch? OnRecord(TraceRecord record, SimulatedMachine machine)
    {
        if (BootScriptText.Of(record) is { } text)
        {
            bool isPhase = record is PhaseEntered;
            int depth = isPhase ? 0 : 1 + (machine.Simulation.CurrentThread?.Frames.Count ?? 0);
            Add(depth, text, isPhase && Enum.TryParse(text, out Phase phase) ? BootScriptText.SourceOf(phase) : string.Empty);
        }

        return null;
    }

    public override BreakMatch? OnFrame(SimFrame frame)
    {
        Add(_run!.Machine.Simulation.CurrentThread?.Frames.Count ?? 0, BootScriptText.Of(frame), KernelFunctions.FileOf(frame.Function) ?? string.Empty);
        return null;
    }

    public override BreakMatch? OnRefusal(Refusal refusal)
    {
        Add(1 + refusal.Frames.Count, BootScriptText.Of(refusal), refusal.Rule.Source);
        return null;
    }

    public override BreakMatch? OnStep(StepDescription step)
    {
        Add(0, BootScriptText.Of(step), string.Empty);
        return null;
    }

    private void Add(int depth, string text, string source)
    {
        DebugPosition position = _run?.Position ?? DebugPosition.Zero;
        int occurrence = _occurrences[text] = _occurrences.GetValueOrDefault(text) + 1;
        if (_lines is [.., { } last] && last.Depth == depth && AreSiblings(last.Key, text))
        {
            _alike++;
            _lines[^1] = last with { Text = string.Create(CultureInfo.InvariantCulture, $"{last.Key} and {_alike} more") };
            return;
        }

        _alike = 0;
        _lines.Add(new BootScriptLine(position, depth, text, source) { Occurrence = occurrence });
    }

    /// <summary>Memory blocks and processors come by the thousand: one line for those that follow each other.</summary>
    private static bool AreSiblings(string a, string b) => Array.Exists(Many, many => a.StartsWith(many, StringComparison.Ordinal)) && Stem(a) == Stem(b);

    private static string Stem(string path) => path.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
