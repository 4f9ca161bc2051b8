namespace CxlSim.Hardware;

/// <summary>Memory-mapped registers of a component.</summary>
/// <param name="Name">Which of its blocks.</param>
/// <param name="Block">What answers; reading changes nothing.</param>
/// <param name="First">Where registers begin: what lies before reads as zero.</param>
/// <param name="Size">Where they end, in bytes from the block's start.</param>
public sealed record HardwareRegisters(string Name, IRegisterBlock Block, int First, int Size)
{
    /// <summary>The names of blocks.</summary>
    public const string Component = "component";
    public const string Device = "device";
    public const string Rcrb = "rcrb";

    public static HardwareRegisters Of(ComponentRegisterBlock block) =>
        new(Component, block, Spec.Cxl.ComponentRegisters.CacheMemOffset, Spec.Cxl.ComponentRegisters.CacheMemOffset + Spec.Cxl.ComponentRegisters.CacheMemSize);

    public static HardwareRegisters Of(DeviceRegisterBlock block) => new(Device, block, 0, block.Size);

    public static HardwareRegisters Of(RcrbBlock block) => new(Rcrb, block, 0, Spec.Cxl.RcrbRegisters.Size);
}
