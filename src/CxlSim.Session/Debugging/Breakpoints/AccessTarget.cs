using System.Globalization;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Memory is loaded or stored: host addresses, or bytes of a device.</summary>
/// <param name="device">Its id in the platform file; null where the range is one of host addresses.</param>
/// <param name="start">The first byte.</param>
/// <param name="length">At least 1.</param>
/// <param name="reads">Whether loads count.</param>
/// <param name="writes">Whether stores count.</param>
internal sealed class AccessTarget(string? device, ulong start, ulong length, bool reads, bool writes) : BreakTarget
{
    public override BreakMatch? OnAccess(MemoryAccess access)
    {
        bool isWanted = access.IsWrite ? writes : reads;
        ulong? first = device is null ? access.Address.Value : access.Target?.Device == device ? access.Target.Address.Value : null;
        if (!isWanted || first is not { } from || !Meets(from, (ulong)access.Length))
        {
            return null;
        }

        string where = access.Target is { } target ? $" ({target.Device} dpa {target.Address})" : string.Empty;
        return new BreakMatch(string.Create(CultureInfo.InvariantCulture, $"{(access.IsWrite ? "store" : "load")} {access.Address} {access.Length} bytes{where}"));
    }

    private bool Meets(ulong from, ulong count) => from < start ? start - from < count : from - start < length;
}
