using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A call that Linux answered with an error: which rule, on which object, with which values, and what would have passed.</summary>
/// <param name="Rule">Which rule; it names the kernel's function and file.</param>
/// <param name="Error">What the call answered.</param>
/// <param name="Subject">The object that refused, by its name in Linux.</param>
/// <param name="Reason">What decided, as a phrase.</param>
/// <param name="Values">What was compared.</param>
/// <param name="Nearest">The nearest change that would pass; null where none is known.</param>
public sealed record Refusal(KernelRule Rule, Errno Error, string Subject, string Reason, IReadOnlyList<NamedValue> Values, NearestChange? Nearest)
{
    /// <summary>From 1, in the order of the run.</summary>
    public long Number { get; internal init; }

    public SimTime Time { get; internal init; }

    /// <summary>The kernel's functions that were under way, outermost first.</summary>
    public IReadOnlyList<SimFrame> Frames { get; internal init; } = [];

    /// <summary>The write that it answered; null for what the kernel tried by itself.</summary>
    public AttributeWrite? Write { get; internal init; }

    /// <summary>The thread that met it; null outside of all threads.</summary>
    internal SimThread? Thread { get; init; }
}
