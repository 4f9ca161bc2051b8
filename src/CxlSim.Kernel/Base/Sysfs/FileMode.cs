namespace CxlSim.Kernel;

/// <summary>Permission bits of an attribute, in the octal form that people know.</summary>
public enum FileMode : ushort
{
    /// <summary>0200: root writes.</summary>
    S0200 = 0x80,

    /// <summary>0220: root and its group write.</summary>
    S0220 = 0x90,

    /// <summary>0400: root reads.</summary>
    S0400 = 0x100,

    /// <summary>0444: everybody reads.</summary>
    S0444 = 0x124,

    /// <summary>0644: everybody reads, root writes.</summary>
    S0644 = 0x1a4,
}
