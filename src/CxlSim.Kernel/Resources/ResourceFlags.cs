namespace CxlSim.Kernel;

/// <summary>What a resource is (<c>include/linux/ioport.h</c>).</summary>
[Flags]
public enum ResourceFlags
{
    None = 0,

    /// <summary>Taken: nothing else may be requested inside.</summary>
    Busy = 1 << 0,

    SystemRam = 1 << 1,

    /// <summary>Belongs to a driver: firmware does not list it, kexec leaves it alone.</summary>
    DriverManaged = 1 << 2,

    /// <summary>Described by a CXL window.</summary>
    CxlWindow = 1 << 3,

    SoftReserved = 1 << 4,
}
