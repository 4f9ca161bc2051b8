namespace CxlSim.Kernel;

/// <summary>States of a memory block (<c>include/linux/memory.h</c>).</summary>
public enum MemoryBlockState
{
    /// <summary>Added, its pages are nobody's.</summary>
    Offline,

    Online,

    /// <summary>Pages are being moved away; ends in <see cref="Offline"/>, or in <see cref="Online"/> where one cannot move.</summary>
    GoingOffline,
}
