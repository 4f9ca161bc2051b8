using System.Runtime.InteropServices;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>What is done with many addresses of a table at once.</summary>
public static class RouteTableExtensions
{
    /// <summary>Where many addresses go. The three spans are of one length and share no memory.</summary>
    /// <param name="table">The decoders.</param>
    /// <param name="addresses">What a CPU issues.</param>
    /// <param name="dpas">Takes the bytes of the devices, 0 for a miss.</param>
    /// <param name="targets">Takes device numbers, and <see cref="RouteTable.FirstMiss"/> plus the outcome for a miss.</param>
    public static void Translate(this RouteTable table, ReadOnlySpan<Hpa> addresses, Span<Dpa> dpas, Span<ushort> targets)
    {
        Check.That(dpas.Length == addresses.Length && targets.Length == addresses.Length, "spans of one length, not {0} and {1}", dpas.Length, targets.Length);
        ReadOnlySpan<ulong> issued = MemoryMarshal.Cast<Hpa, ulong>(addresses);
        Span<ulong> answers = MemoryMarshal.Cast<Dpa, ulong>(dpas);
        Check.That(!issued.Overlaps(answers), "answers that are not written over addresses");
        Batch.Translate(table, issued, answers, targets, Batch.Widest);
    }

    /// <summary>A long access as runs, each on one device.</summary>
    public static RunEnumerator Split(this RouteTable table, Hpa start, ByteSize length) => new(table, start, length);
}
