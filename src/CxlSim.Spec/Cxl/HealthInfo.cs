using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Spec.Cxl;

/// <summary>Answer to Get Health Info (CXL r3.1 8.2.9.9.3.1).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HealthInfo : IBinaryLayout
{
    public byte HealthStatus;
    public byte MediaStatus;

    /// <summary>Life used in 1:0, temperature in 3:2, corrected volatile errors in 4, corrected persistent errors in 5.</summary>
    public byte AdditionalStatus;

    /// <summary>Percent.</summary>
    public byte LifeUsed;

    /// <summary>Degrees Celsius.</summary>
    public short Temperature;
    public uint DirtyShutdowns;
    public uint CorrectedVolatileErrors;
    public uint CorrectedPersistentErrors;

    public static int SpecSize => 18;
}
