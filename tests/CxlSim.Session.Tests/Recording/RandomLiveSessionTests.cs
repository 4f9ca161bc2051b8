using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>Random use of a machine's files, at random times: every recording leaves the same trace again.</summary>
public sealed class RandomLiveSessionTests
{
    private const string Devices = "/sys/bus/cxl/devices/";

    private static readonly string[] Paths =
    [
        Devices + "mem0/serial", Devices + "decoder0.0/create_ram_region", Devices + "decoder0.0/delete_region", Devices + "region0/interleave_ways",
        Devices + "region0/interleave_granularity", Devices + "region0/size", Devices + "region0/target0", Devices + "region0/commit", Devices + "decoder2.0/mode",
        Devices + "decoder2.0/dpa_size", "/sys/bus/cxl/drivers/cxl_mem/unbind", "/sys/bus/cxl/drivers/cxl_mem/bind", "/sys/bus/pci/rescan",
        "/sys/devices/system/memory/memory512/state", "/sys/devices/system/memory/auto_online_blocks", "/sys/kernel/tracing/trace", "/sys/kernel/tracing/tracing_on",
        "/run/load-module", "/run/unload-module", "/run/pass-time", "/dev/kmsg", "/dev/ttyS1", "/dev/media/card", "/proc/iomem", "/no/such/file",
    ];

    private static readonly string[] Words =
        ["0", "1", "2", "256", "ram", "region0", "mem0", "decoder2.0", "0x10000000", "offline", "online", "cxl_pci", "kmem", "ZERO\n", "PEEK card 0 64\n", "\u00ff\u0000x", ""];

    [Theory]
    [InlineData(Given.OneCard, 1)]
    [InlineData(Given.OneCard, 2)]
    [InlineData(Given.OneCard, 3)]
    [InlineData(Given.TwoCards, 4)]
    [InlineData(Given.TwoCards, 5)]
    [InlineData(Given.TwoCards, 6)]
    public void Replayed_TheTraceIsTheSame(string platform, ulong seed)
    {
        SimRandom random = new(seed);
        RecordedSession recorded = new(platform, seed % 3);
        HandClock clock = new();
        using (LiveMachine machine = new(recorded.Session, clock))
        {
            LiveFiles files = new(machine);
            List<ulong> handles = [];
            for (int i = 0; i < 150; i++)
            {
                Act(random, clock, files, handles);
            }
        }

        recorded.ShouldReplay();
    }

    private static void Act(SimRandom random, HandClock clock, LiveFiles files, List<ulong> handles)
    {
        ulong handle = handles.Count > 0 ? handles[(int)random.Next((ulong)handles.Count)] : 0;
        switch (random.Next(handles.Count > 0 ? 6UL : 2))
        {
            case 0:
                clock.Pass(TimeSpan.FromMicroseconds(random.Next(2_000_000)));
                break;
            case 1:
                if (files.Open(Paths[random.Next((ulong)Paths.Length)]) is { } opened)
                {
                    handles.Add(opened);
                }

                break;
            case 2:
                files.Read(handle, (long)random.Next(3) * 64, 1 + (int)random.Next(4096));
                break;
            case 3:
                files.Read(Paths[random.Next(13)]);
                break;
            case 4:
                files.Write(Paths[random.Next(13)], Words[random.Next((ulong)Words.Length)]);
                break;
            default:
                files.Write(handle, Words[random.Next((ulong)Words.Length)], (long)random.Next(2) * 64);
                break;
        }
    }
}
