namespace CxlSim.Platform;

/// <summary>CXL's own capabilities that a memory device may have and QEMU's has not.</summary>
[Flags]
public enum ExtraDvsecs
{
    None = 0,

    /// <summary>Non-CXL function map (CXL r3.1 8.1.4).</summary>
    FunctionMap = 1 << 0,

    /// <summary>Multi-logical device (CXL r3.1 8.1.10).</summary>
    MultiLogicalDevice = 1 << 1,
}
