namespace CxlSim.Platform;

/// <summary>What a device says of its health (CXL r3.1 8.2.9.9.3.1).</summary>
public sealed record HealthDescription
{
    public HealthStatus Status { get; init; }

    public HealthMedia Media { get; init; }

    /// <summary>Percent.</summary>
    public byte LifeUsed { get; init; }

    /// <summary>Degrees Celsius. Assumed where nothing is said.</summary>
    public short Temperature { get; init; } = 22;

    public uint DirtyShutdowns { get; init; }

    /// <summary>Corrected errors of volatile memory.</summary>
    public uint VolatileErrors { get; init; }

    /// <summary>Corrected errors of persistent memory.</summary>
    public uint PersistentErrors { get; init; }
}
