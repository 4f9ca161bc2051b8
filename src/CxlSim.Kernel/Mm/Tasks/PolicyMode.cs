namespace CxlSim.Kernel;

/// <summary>How a task chooses nodes for its pages (<c>include/uapi/linux/mempolicy.h</c>).</summary>
public enum PolicyMode
{
    /// <summary>The node of the CPU, then the others by distance.</summary>
    Default,

    /// <summary>One node, then the others by distance from it.</summary>
    Preferred,

    /// <summary>Some nodes as long as they have room, then any.</summary>
    PreferredMany,

    /// <summary>Some nodes, and no others.</summary>
    Bind,

    /// <summary>Some nodes in turn, page by page.</summary>
    Interleave,

    /// <summary>Some nodes in turn, each as many pages as its weight says.</summary>
    WeightedInterleave,
}
