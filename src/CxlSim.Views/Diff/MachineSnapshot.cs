using System.Globalization;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>All that is compared of a machine.</summary>
/// <param name="Title">What its user calls it.</param>
/// <param name="Names">Which names of Linux stand for what.</param>
/// <param name="Sections">The same ones, in the same order, for every machine.</param>
public sealed record MachineSnapshot(string Title, IReadOnlyList<NamedObject> Names, IReadOnlyList<DiffSection> Sections)
{
    internal const string Blocks = "memory blocks";
    internal const string Objects = "objects";

    /// <param name="title">What the machine is called.</param>
    /// <param name="machine">One whose kernel runs.</param>
    /// <param name="steps">What its steps answered.</param>
    /// <param name="withLog">Whether the kernel's log counts.</param>
    public static MachineSnapshot Of(string title, SimulatedMachine machine, IReadOnlyList<StepOutcome> steps, bool withLog)
    {
        LinuxKernel kernel = machine.Kernel!;
        return new MachineSnapshot(title, NamedObject.Of(machine),
        [
            new("steps", [.. steps.Select(Describe)]),
            new(Blocks, MemoryFacts.Blocks(kernel)),
            new("nodes", MemoryFacts.Nodes(kernel)),
            new("zones", MemoryFacts.Zones(kernel)),
            new("memory tiers", MemoryFacts.Tiers(kernel)),
            new("capacity", MemoryFacts.Capacity(CapacityView.Of(machine))),
            new("iomem", [.. Lines(IomemView.Render(kernel.Iomem).TrimEnd('\n').Split('\n'))], IsText: true),
            new(Objects, ObjectFacts.Of(kernel)),
            new("kernel log", withLog ? [.. Lines(kernel.Log.Lines.Select(line => line.Text))] : [], IsText: true),
        ]);
    }

    private static IEnumerable<DiffFact> Lines(IEnumerable<string> lines) => lines.Select(line => new DiffFact(line, string.Empty));

    private static DiffFact Describe(StepOutcome step, int index) => new(
        string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {step.Text}"),
        step.Error == Core.Errno.Ok ? step.Result.Length > 0 ? step.Result : "done" : step.Error.ToString());
}
