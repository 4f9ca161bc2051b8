using System.Diagnostics;
using System.Globalization;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>Keeps the thread that answers on the processor of the program that asks.</summary>
/// <remarks>A program waits for each of its answers. On one processor the two take turns; waking another, idle one takes longer than most answers do.
/// It is a guess that changes no answer: where it fails the thread stays where it is.</remarks>
internal sealed unsafe class CallersProcessor
{
    /// <summary>Which field of <c>/proc/PID/stat</c> says where the process ran last (<c>proc(5)</c>), counted from the one after its name.</summary>
    private const int ProcessorField = 36;
    private const int MostProcessors = 1024;

    /// <summary>Programs move; looking takes as long as an answer or two.</summary>
    private static readonly long Freshness = Stopwatch.Frequency / 1000;

    private uint _lastCaller;
    private uint _followed;
    private int _processor = -1;
    private long _lookedAt;

    /// <summary>To be called for each request, in the thread that answers it.</summary>
    public void Follow(uint caller)
    {
        // Once may be chance: where several programs ask in turn, none is followed.
        bool isSteady = caller == _lastCaller && caller != 0;
        _lastCaller = caller;
        long now = Stopwatch.GetTimestamp();
        if (!isSteady || (caller == _followed && now - _lookedAt < Freshness))
        {
            return;
        }

        _followed = caller;
        _lookedAt = now;
        if (ProcessorOf(caller) is { } processor && processor != _processor)
        {
            _processor = processor;
            RunOn(processor);
        }
    }

    private static int? ProcessorOf(uint process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // a name may hold spaces and brackets
            return int.Parse(fields[ProcessorField], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or is not ours to look at
        }
    }

    private static void RunOn(int processor)
    {
        if (processor < MostProcessors)
        {
            Span<ulong> mask = stackalloc ulong[MostProcessors / 64];
            mask.Clear();
            mask[processor / 64] = 1UL << (processor % 64);
            fixed (ulong* first = mask)
            {
                _ = LibC.SetAffinity(0, MostProcessors / 8, first);
            }
        }
    }
}
