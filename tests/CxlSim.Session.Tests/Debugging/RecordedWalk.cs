using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>A recording to walk about in: steps, writes, and a program that comes at times of its own.</summary>
internal static class RecordedWalk
{
    private const string Block = "/sys/devices/system/memory/memory512/state";

    public static Recording Of(ulong seed)
    {
        SimRandom random = new(seed);
        RecordedSession recorded = new(Given.WithDecoders(Given.OneCard), seed, "create-region: {decoder: decoder0.0}", "store: {hpa: 0x1000000040, value: 0x1122}");
        recorded.Step(1);
        recorded.Session.Write(Block, "offline");
        recorded.Step(2);
        recorded.Session.CheckPlacement();
        HandClock clock = new();
        using (LiveMachine machine = new(recorded.Session, clock))
        {
            LiveFiles files = new(machine);
            for (int i = 0; i < 6; i++)
            {
                clock.Pass(TimeSpan.FromMicroseconds(random.Next(2_000_000)));
                files.Write(Block, i % 2 == 0 ? "online" : "offline");
                files.Read("/proc/iomem");
            }
        }

        return RecordingReader.ReadText(recorded.End(), "r.jsonl").Recording!;
    }
}
