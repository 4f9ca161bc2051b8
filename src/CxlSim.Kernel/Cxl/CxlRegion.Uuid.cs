using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <content>The name for good of a persistent region.</content>
public sealed partial class CxlRegion
{
    private const int UuidLength = 36;
    private static readonly string NullUuid = Guid.Empty.ToString();

    /// <summary>In small letters, as it is shown; all zeros until set.</summary>
    public string Uuid { get; private set; } = NullUuid;

    /// <summary>Takes just a uuid and one byte behind it; the same once more is fine at any time (<c>uuid_store</c>).</summary>
    private async SimTask<Errno> StoreUuidAsync(string value)
    {
        if (value.Length != UuidLength + 1 || !IsUuid(value))
        {
            return Errno.EINVAL;
        }

        string uuid = value[..UuidLength].ToLowerInvariant();
        if (uuid == NullUuid)
        {
            return Errno.EINVAL;
        }

        using SimMutex.Holder holder = await _kernel.Cxl.RegionLock.LockAsync();
        if (uuid == Uuid)
        {
            return Errno.Ok;
        }

        if (State >= RegionState.Active)
        {
            return Errno.EBUSY;
        }

        if (_kernel.Cxl.Bus.Devices.OfType<CxlRegion>().FirstOrDefault(region => region.Uuid == uuid) is { } other)
        {
            _kernel.Log.Debug(other, $"already has uuid: {uuid}");
            return Errno.EBUSY;
        }

        Uuid = uuid;
        return Errno.Ok;
    }

    private static bool IsUuid(string text) =>
        text.Take(UuidLength).Select((letter, index) => index is 8 or 13 or 18 or 23 ? letter == '-' : char.IsAsciiHexDigit(letter)).All(fits => fits);
}
