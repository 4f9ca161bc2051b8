namespace CxlSim.Kernel;

/// <summary>A task as traces name it (<c>include/linux/sched.h</c>, struct task_struct).</summary>
/// <param name="Name">Command, 15 characters at most.</param>
/// <param name="Process">Number that the task itself knows.</param>
public sealed record TraceTask(string Name, int Process)
{
    private const int LongestName = 15;

    /// <summary>Nobody in particular.</summary>
    public static readonly TraceTask Idle = new("<idle>", 0);

    public string ShortName => Name.Length > LongestName ? Name[..LongestName] : Name;
}
