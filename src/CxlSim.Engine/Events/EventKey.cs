using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>What the queue compares and moves: when, in which order, and where the event's handler is kept. Holds no reference, so moving it is a plain copy.</summary>
internal readonly struct EventKey(long time, ulong order, int slot)
{
    public readonly long Time = time;
    public readonly ulong Order = order;
    public readonly int Slot = slot;

    /// <summary>1 when the left one comes first, else 0. A number, because which child comes first is a coin toss that no branch predictor wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IsBefore(in EventKey left, in EventKey right) =>
        Unsafe.BitCast<bool, byte>((left.Time < right.Time) | ((left.Time == right.Time) & (left.Order < right.Order)));
}
