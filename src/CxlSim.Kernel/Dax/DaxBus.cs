namespace CxlSim.Kernel;

/// <summary>The dax bus (<c>drivers/dax/bus.c</c>): a device goes to the driver of its natural type, or to one that was told its name.</summary>
public sealed class DaxBus(LinuxKernel kernel)
{
    public Bus Bus { get; } = new(kernel.Core, "dax");

    /// <summary>Minors of the character devices, lowest free first.</summary>
    public IdAllocator Minors { get; } = new();
}
