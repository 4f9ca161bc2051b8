using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A platform by chance: bridges with ports, switches and devices, and what firmware and kernel make of them.</summary>
internal sealed class FuzzPlatform(SimRandom random)
{
    private static readonly int[] PortNumbers = [0, 1, 2, 3, 5, 7, 64, 113];
    private int _devices;
    private int _unit;

    public FuzzNode Make()
    {
        _unit = 256 * random.Pick(1, 2, 2, 4);
        int bridges = random.Pick(1, 1, 1, 2, 2, 2, 3, 4, 8);
        FuzzNode[] list = [.. Enumerable.Range(1, bridges).Select(uid => Bridge(uid, bridges))];
        string decoders = random.Pick("os", "os", "os", "programmed", "locked");
        FuzzTables tables = new(random);
        return FuzzNode.Map(
            ("kernel", Kernel()),
            ("memory", tables.Memory(bridges)),
            ("firmware", FuzzNode.Map(("decoders", decoders))),
            ("host_bridges", FuzzNode.List(list)),
            ("windows", FuzzNode.List(new FuzzWindows(random, bridges, _unit).Make(decoders == "os"))));
    }

    private FuzzNode Kernel()
    {
        List<string> words = [];
        if (random.Once(2))
        {
            words.Add("memhp_default_state=" + random.Pick("offline", "offline", "online", "online_kernel", "online_movable"));
        }

        words.AddRange(random.Once(6) ? ["efi=nosoftreserve"] : []);
        words.AddRange(random.Once(6) ? ["memory_hotplug.memmap_on_memory=Y"] : []);
        words.AddRange(random.Once(10) ? ["movable_node"] : []);
        string version = random.Pick("6.12", "6.12", "6.12", "6.14", "6.16", "7.0", "7.1", "7.2", "7.3");
        bool isGuest = random.Once(3);
        return FuzzNode.Map(
            ("version", version),
            ("command_line", words.Count > 0 ? string.Join(' ', words) : null),
            ("hypervisor", isGuest ? "true" : null),
            ("config", isGuest ? FuzzNode.Map(("CXL_REGION_INVALIDATION_TEST", "y")) : null)); // without it no region would ever commit
    }

    private FuzzNode Bridge(int uid, int bridges)
    {
        int ports = bridges > 4 ? random.Between(1, 2) : random.Between(1, 4);
        int[] numbers = [.. random.Shuffled(PortNumbers).Take(ports)];
        FuzzNode[] list = [.. numbers.Select(number => Port(number, allowsSwitch: bridges <= 4))];
        string? decoders = random.Once(4) ? FuzzNode.Number(random.Pick(1, 2, 4, 8)) : null;
        return FuzzNode.Map(
            ("uid", FuzzNode.Number(uid)),
            ("bus", FuzzNode.Number(uid * 16)),
            ("hdm_decoders", decoders),
            ("interleave", Capabilities(12)),
            ("root_ports", FuzzNode.List(list)));
    }

    private FuzzNode Port(int number, bool allowsSwitch)
    {
        FuzzNode? fabric = null;
        if (allowsSwitch && random.Once(5))
        {
            FuzzNode[] ports = [.. Enumerable.Range(0, random.Pick(1, 2, 2, 4)).Select(index => Port(index, allowsSwitch: false))];
            fabric = FuzzNode.Map(("ports", FuzzNode.List(ports)), ("interleave", Capabilities(12)));
        }

        return FuzzNode.Map(("port", FuzzNode.Number(number)), ("switch", fabric), ("type3", fabric is null && !random.Once(12) ? Device() : null));
    }

    private FuzzNode Device()
    {
        int number = _devices++;
        bool isOdd = random.Once(6);
        int ram = isOdd ? 256 * random.Between(0, 3) : _unit;
        int pmem = ram == 0 ? 256 : random.Once(3) ? 256 * random.Between(1, 3) : 0;
        return FuzzNode.Map(
            ("id", "d" + FuzzNode.Number(number)),
            ("report_internal_errors", isOdd ? "true" : null),
            ("volatile", ram > 0 ? FuzzNode.Number(ram) + "MiB" : null),
            ("persistent", pmem > 0 ? FuzzNode.Number(pmem) + "MiB" : null),
            ("serial", random.Once(12) ? null : FuzzNode.Number(number + 1)),
            ("hdm_decoders", random.Once(5) ? FuzzNode.Number(random.Pick(1, 2, 6, 10)) : null),
            ("interleave", Capabilities(12)));
    }

    private FuzzNode? Capabilities(int times)
    {
        string[] words = ["bits_8_to_11", "bits_12_to_14", "ways_3_6_12", "ways_16"];
        return random.Once(times) ? FuzzNode.List(words.Where(_ => !random.Once(3)).Select(word => (FuzzNode)word)) : null;
    }
}
