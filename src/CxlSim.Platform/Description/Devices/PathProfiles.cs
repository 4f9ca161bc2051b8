namespace CxlSim.Platform;

/// <summary>Devices by name: one set of parameters each, whatever is done to them. What was measured stands beside; docs/VALIDATION.md holds the first two against it.</summary>
internal static class PathProfiles
{
    public static IReadOnlyList<PathDescription> All { get; } =
    [
        // MLC on a Sapphire Rapids server, raw logs of the EuroSys 2024 paper on ASIC expanders: idle 250 ns, reads 48.0, mixes 54 GB/s.
        // 48.0 is a header slot for each line; 54 is the same for all mixes and so the controller's, not the media's.
        new()
        {
            Profile = "asic-ddr5-x16",
            Link = new LinkDescription { PacksHeaders = false },
            ControllerNs = 82,
            LineEveryNs = 1.18,
            Media = new MediaDescription { Ranks = 1, WriteBuffer = 108 },
        },

        // A manufacturer's model as Mess (MICRO 2024) publishes its curves: unloaded 107.4 ns without a host, 44 GB/s at 57 % reads.
        new()
        {
            Profile = "asic-ddr4-x8",
            Link = new LinkDescription { Lanes = 8 },
            ControllerNs = 14,
            Media = new MediaDescription { Kind = MediaKind.Ddr4At3200, Ranks = 4, ClosesRows = true },
        },

        // Device C of Melody (ASPLOS 2025, second hand): an FPGA with DDR4, idle 394 ns, about 20 GB/s.
        new()
        {
            Profile = "fpga",
            Link = new LinkDescription { PacksHeaders = false },
            ControllerNs = 220,
            LineEveryNs = 3.2,
            Media = new MediaDescription { Kind = MediaKind.Ddr4At3200, Channels = 2, ClosesRows = true },
        },

        // CXL r3.1 table 13-2: at component pins, idle, x16 at 64 GT/s, 80 ns from MemRd to MemData and 40 ns from MemWr to Cmp.
        new()
        {
            Profile = "spec-target",
            Link = new LinkDescription { Rate = 64, Flits = FlitKind.Bytes256, LatencyNs = 0 },
            ControllerNs = 40,
            Media = new MediaDescription { Kind = MediaKind.Fixed, ReadNs = 40 },
        },

        // A medium as near as DRAM of the socket, for comparison.
        new()
        {
            Profile = "local-ddr5",
            Link = new LinkDescription { LatencyNs = 0 },
            ControllerNs = 0,
            Media = new MediaDescription { Ranks = 4, ClosesRows = true, WriteBuffer = 12 },
        },
    ];

    public static PathDescription Usual => All[0];

    public static PathDescription Of(string name) => All.First(profile => profile.Profile == name);
}
