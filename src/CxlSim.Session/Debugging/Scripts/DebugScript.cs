using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>What is done to a machine after its boot, one thing after the other.</summary>
internal abstract class DebugScript
{
    /// <summary>How many of them are done; what is only posted counts from then on.</summary>
    public int Done { get; protected set; }

    /// <summary>Answers of the platform's steps.</summary>
    public abstract IReadOnlyList<StepOutcome> Steps { get; }

    /// <summary>What is not as it was recorded, and since when; null where nothing is.</summary>
    public virtual string? Difference => null;

    /// <summary>The step of the platform that comes next; null where something else does.</summary>
    public abstract StepDescription? Step { get; }

    /// <summary>What comes next is only posted, and served by the events that follow.</summary>
    public virtual bool IsPosted => false;

    /// <summary>Nothing happens any more, whatever is scheduled.</summary>
    public virtual bool IsOver => false;

    /// <summary>Whether the next one is to be done before the next event.</summary>
    /// <param name="isIdle">Whether there is no event.</param>
    public abstract bool IsDue(bool isIdle);

    /// <summary>Does the next one.</summary>
    public abstract void Do();

    /// <summary>The run is at its end.</summary>
    public virtual void End()
    {
    }

    /// <summary>Somebody at the debugger does something that is no part of it.</summary>
    public virtual void OnSet(DebugSet set)
    {
    }
}
