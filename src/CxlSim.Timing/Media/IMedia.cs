using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>What holds a device's lines.</summary>
public interface IMedia
{
    /// <summary>What it did; null for media that are never busy.</summary>
    MediaLoad? Load => null;

    /// <summary>When a line is read, or when a write is accepted.</summary>
    /// <param name="now">When the controller has the request; never before that of an earlier call.</param>
    /// <param name="address">Byte of the device.</param>
    /// <param name="kind">What is done.</param>
    SimTime Access(SimTime now, ulong address, AccessKind kind);

    /// <summary>Counts anew from now on.</summary>
    void Clear()
    {
    }

    /// <summary>What a read takes at least.</summary>
    SimDuration Quickest { get; }
}
