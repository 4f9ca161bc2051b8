using CxlSim.Core;
using CxlSim.Hardware;

namespace CxlSim.Machine;

/// <summary>The bytes of devices, past every decoder: what a store really reached.</summary>
public sealed class DeviceMedia
{
    private readonly BootState _state;

    internal DeviceMedia(BootState state) => _state = state;

    /// <summary>Reads a device's bytes. False where there is no such device, or it ends before.</summary>
    public bool TryRead(string device, Dpa address, Span<byte> destination)
    {
        Type3Device? found = _state.Hardware.FindDevice(device);
        ulong capacity = found is null ? 0 : CapacityOf(found);
        if (found is null || address.Value > capacity || capacity - address.Value < (ulong)destination.Length)
        {
            return false;
        }

        found.Media.Read(address.Value, destination);
        return true;
    }

    /// <summary>The first byte at or after an address that was stored to, or that was not; null where there is no such byte or device.</summary>
    public Dpa? Seek(string device, Dpa address, bool data) =>
        _state.Hardware.FindDevice(device) is { } found && found.Media.Seek(address.Value, data) is { } offset && offset <= CapacityOf(found) ? new Dpa(offset) : null;

    /// <summary>Empties all devices.</summary>
    public void Clear()
    {
        foreach (Type3Device device in _state.Hardware.Devices)
        {
            device.Media.Clear();
        }
    }

    private static ulong CapacityOf(Type3Device device) => (device.Description.Volatile + device.Description.Persistent).Bytes;
}
