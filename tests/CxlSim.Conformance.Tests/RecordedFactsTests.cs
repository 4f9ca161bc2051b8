namespace CxlSim.Conformance.Tests;

/// <summary>How many facts each recorded state holds: a reader that loses some would make the simulator look better than it is.</summary>
public class RecordedFactsTests
{
    private static readonly Dictionary<string, Dictionary<string, int>> Counts = new()
    {
        ["01-single-volatile/00-boot"] = new()
        {
            ["cxl-attrs.txt"] = 141,
            ["cxl-devices.txt"] = 12,
            ["cxl-drivers.txt"] = 11,
            ["cxl-list-BDPMTRiu.json"] = 51,
            ["cxl-list-vvv.json"] = 65,
            ["cxl-list.json"] = 5,
            ["iomem.txt"] = 1,
            ["iomem.txt (whole)"] = 56,
            ["lsmem.txt"] = 6,
            ["memory-blocks.txt"] = 83,
            ["memory-tiers.txt"] = 5,
            ["module-params.txt"] = 7,
            ["nodes.txt"] = 8,
            ["numactl-H.txt"] = 5,
            ["zoneinfo.txt"] = 0,
        },
        ["01-single-volatile/01-created-default-policy"] = new()
        {
            ["cxl-attrs.txt"] = 169,
            ["cxl-devices.txt"] = 14,
            ["cxl-drivers.txt"] = 13,
            ["cxl-list-BDPMTRiu.json"] = 69,
            ["cxl-list-RXu.json"] = 19,
            ["cxl-list-vvv.json"] = 94,
            ["cxl-list.json"] = 13,
            ["dax-attrs.txt"] = 16,
            ["dax-drivers.txt"] = 1,
            ["daxctl-list-RDi.json"] = 12,
            ["daxctl-list-Ru.json"] = 4,
            ["iomem.txt"] = 4,
            ["iomem.txt (whole)"] = 59,
            ["lsmem.txt"] = 7,
            ["memory-blocks.txt"] = 103,
            ["memory-tiers.txt"] = 8,
            ["module-params.txt"] = 7,
            ["nodes.txt"] = 11,
            ["numactl-H.txt"] = 8,
            ["zoneinfo.txt"] = 16,
        },
        ["10-soft-reserved/sp-over-window/00-boot"] = new()
        {
            ["cxl-attrs.txt"] = 181,
            ["cxl-devices.txt"] = 15,
            ["cxl-drivers.txt"] = 14,
            ["cxl-list-BDPMTRiu.json"] = 74,
            ["cxl-list-vvv.json"] = 88,
            ["cxl-list.json"] = 5,
            ["iomem.txt"] = 2,
            ["iomem.txt (whole)"] = 62,
            ["lsmem.txt"] = 7,
            ["memory-blocks.txt"] = 163,
            ["memory-tiers.txt"] = 5,
            ["module-params.txt"] = 7,
            ["nodes.txt"] = 8,
            ["numactl-H.txt"] = 5,
            ["zoneinfo.txt"] = 0,
        },
        ["14-bios-programmed-kexec/no-sp/00-boot-second"] = new()
        {
            ["cxl-attrs.txt"] = 579,
            ["cxl-devices.txt"] = 43,
            ["cxl-drivers.txt"] = 42,
            ["cxl-list-BDPMTRiu.json"] = 272,
            ["cxl-list-RXu.json"] = 38,
            ["cxl-list-vvv.json"] = 350,
            ["cxl-list.json"] = 36,
            ["dax-attrs.txt"] = 32,
            ["dax-drivers.txt"] = 2,
            ["daxctl-list-RDi.json"] = 20,
            ["daxctl-list-Ru.json"] = 4,
            ["iomem.txt"] = 8,
            ["iomem.txt (whole)"] = 109,
            ["lsmem.txt"] = 8,
            ["memory-blocks.txt"] = 143,
            ["memory-tiers.txt"] = 8,
            ["module-params.txt"] = 7,
            ["nodes.txt"] = 14,
            ["numactl-H.txt"] = 11,
            ["zoneinfo.txt"] = 32,
        },
    };

    public static TheoryData<string> States => [.. Counts.Keys];

    [Theory]
    [MemberData(nameof(States))]
    public void A_recording_agrees_with_itself_in_every_fact(string state)
    {
        Capture truth = Recordings.Of(state);

        ConformanceReport report = CaptureComparer.Compare(truth, truth);

        report.Total.Should().Be(new FactTally(Counts[state].Values.Sum(), 0, 0, 0));
        report.Total.Percent.Should().Be(100);
        report.Files.ToDictionary(file => file.File, file => file.Tally.Facts).Should().Equal(Counts[state]);
    }
}
