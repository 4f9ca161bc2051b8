namespace CxlSim.Cli.Tests;

/// <summary>Flags of <c>cxl list</c>.</summary>
internal static class ListQuestions
{
    /// <summary>Each flag, the common sets of them, and filters in all their forms.</summary>
    private static readonly string[] Common =
    [
        "", "-i", "-u", "-v", "-vv", "-vvv", "-vvvv", "-vvvu", "-BDPMTRiu", "-RXu", "-RXi", "-M", "-B", "-P", "-E", "-D", "-R", "-S -p port1", "-MX", "-MH", "-MA", "-MIF",
        "-MIFu", "-ML", "-RL", "-MRLu", "-DT", "-DTu", "-PTi", "-BTi", "-BMR", "-BPEMD", "-EM", "-EDi", "-MDi", "-PDi", "-BD", "-MPEDRTXi",
        "-m mem0", "-m 0", "-m mem0,mem1", "-m 0000:0d:00.0", "-m nope", "-m all -i", "-m mem1 -vvv", "-m mem0 -DT", "-m mem0 -PT", "-m mem0 -BT",
        "-s 0xabc0", "-s 43968", "-s 0xabc0x", "-b root0 -BP", "-b ACPI.CXL", "-b 0 -vv", "-b 1", "-b root0 -P", "-b nope -M", "-b cxl_test -BPTu", "-m cxl_mem.4", "-p cxl_host_bridge.0 -M", "-p cxl_switch_uport.1 -PD", "-b root0 -MEDR",
        "-p root", "-p port1", "-p 1 -D", "-p switch", "-p endpoint", "-p root -R", "-p port1 -R", "-p port2 -M", "-p root -P", "-p endpoint -P", "-p switch -D -S", "-p pci0000:0c -M",
        "-p port1 -MDEi", "-p mem0 -E", "-p 2 -ED",
        "-e endpoint2", "-e mem0 -M", "-e 3", "-e endpoint2,endpoint3 -D", "-d root", "-d switch", "-d endpoint", "-d decoder0.0", "-d 0.0 -R", "-d decoder0.0 -M", "-d root -DT -u",
        "-d decoder2.0 -i", "-d endpoint -M", "-d all", "-r region0", "-r 0 -D", "-r region0 -DTi", "-r 1", "-r region0 -M", "-r region0 -vvv",
        "--memdevs --idle", "--memdev=mem0", "--decoders --targets --human", "-Mmmem0", "-d decoder0.0 -r region0 -m mem0 -vv",
    ];

    private static readonly string[] Letters = ["M", "B", "P", "E", "D", "R", "T", "X", "i", "u", "H", "I", "F", "A", "L", "v", "vv", "vvv"];

    private static readonly (string Flag, string[] Values)[] Filters =
    [
        ("-m", ["mem0", "mem1", "mem0,mem2", "3", "all"]),
        ("-s", ["0xabc0", "43969", "0"]),
        ("-b", ["root0", "ACPI.CXL", "1"]),
        ("-p", ["root", "switch", "endpoint", "port1", "port2", "2", "port1,root", "mem0"]),
        ("-e", ["endpoint2", "endpoint4", "mem1", "5"]),
        ("-d", ["root", "switch", "endpoint", "decoder0.0", "decoder1.0", "2.0", "decoder3.1"]),
        ("-r", ["region0", "1", "all"]),
    ];

    /// <summary>The common ones, some with several words in a filter, and others by chance.</summary>
    /// <param name="seed">Of chance.</param>
    /// <param name="random">How many by chance.</param>
    /// <param name="every">1: all of the common ones; 5: each fifth.</param>
    public static IReadOnlyList<string[]> For(int seed, int random, int every)
    {
        Random chance = new(seed);
        return
        [
            .. Common.Where((_, index) => index % every == 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            ["-m", "mem1 mem0"],
            ["-m", ""],
            ["-p", " port1  root", "-PB"],
            ["-d", "decoder0.0 switch", "-DTi"],
            .. Enumerable.Range(0, random).Select(_ => Any(chance)),
        ];
    }

    private static string[] Any(Random chance)
    {
        string letters = string.Concat(Letters.Where(_ => chance.Next(4) == 0));
        List<string> flags = letters.Length > 0 ? ["-" + letters] : [];
        foreach ((string flag, string[] values) in Filters.Where(_ => chance.Next(5) == 0))
        {
            flags.AddRange([flag, values[chance.Next(values.Length)]]);
            if (flag == "-p" && chance.Next(3) == 0)
            {
                flags.Add("-S");
            }
        }

        return [.. flags];
    }
}
