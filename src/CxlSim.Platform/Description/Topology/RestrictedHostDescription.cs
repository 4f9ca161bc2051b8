using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What makes a host bridge one of CXL 1.1 (RCH): a root complex register block, and one device (RCD) at 00.0 of its root bus, without ports between.</summary>
/// <param name="Rcrb">CHBS base: 8 KiB. Firmware puts the component registers of both ends of the link into the two blocks of 64 KiB behind its own.</param>
/// <param name="Device">The device.</param>
public sealed record RestrictedHostDescription(Hpa Rcrb, Type3Description Device)
{
    /// <summary>Component registers of the downstream port.</summary>
    public Hpa DownstreamComponents => Rcrb + Block;

    /// <summary>Component registers of the device's upstream port.</summary>
    public Hpa UpstreamComponents => Rcrb + (Block * 2);

    /// <summary>Everything from the RCRB on that the link takes.</summary>
    public static ByteSize Room => Block * 3;

    private static ByteSize Block => ByteSize.KiB(64);
}
