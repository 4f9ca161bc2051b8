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
            return Because(RefusalRules.UuidText, Errno.EINVAL, $"'{Kstrto.Trim(value)}' is no uuid", new NearestChange("write a uuid: 8, 4, 4, 4 and 12 hexadecimal digits, with '-' between"), ("length", value.Length), ("needed length", UuidLength + 1));
        }

        string uuid = value[..UuidLength].ToLowerInvariant();
        if (uuid == NullUuid)
        {
            return Because(RefusalRules.UuidNull, Errno.EINVAL, "the uuid is all zeros", new NearestChange("write another uuid"));
        }

        using SimMutex.Holder holder = await _cxl.RegionLock.LockAsync();
        if (uuid == Uuid)
        {
            return Errno.Ok;
        }

        if (State >= RegionState.Active)
        {
            return Because(
                RefusalRules.UuidFixed, Errno.EBUSY, $"{Name} is {RegionStates.Word(State)}", NearestRegion.AfterRelease(this, "uuid", Kstrto.Trim(value), keepsAddresses: true), ("state", RegionStates.Word(State)), ("uuid", Uuid));
        }

        if (_cxl.Bus.Devices.OfType<CxlRegion>().FirstOrDefault(region => region.Uuid == uuid) is { } other)
        {
            _cxl.Core.Log.Debug(other, $"already has uuid: {uuid}");
            return Because(RefusalRules.UuidTaken, Errno.EBUSY, $"{other.Name} has uuid {uuid}", new NearestChange("write another uuid"), ("region", other.Name));
        }

        Uuid = uuid;
        return Errno.Ok;
    }

    private static bool IsUuid(string text) =>
        text.Take(UuidLength).Select((letter, index) => index is 8 or 13 or 18 or 23 ? letter == '-' : char.IsAsciiHexDigit(letter)).All(fits => fits);
}
