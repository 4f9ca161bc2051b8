using CxlSim.Kernel;

namespace CxlSim.Machine;

/// <summary>A device under both of its names.</summary>
/// <param name="Device">What the platform file says of it.</param>
/// <param name="Memdev">What the kernel made of it; null where it found none.</param>
public sealed record RouteDevice(DeviceInfo Device, CxlMemdev? Memdev)
{
    /// <summary>The kernel's name; where it has none, the platform file's in parentheses.</summary>
    public string Name => Memdev?.Name ?? $"({Device.Id})";
}
