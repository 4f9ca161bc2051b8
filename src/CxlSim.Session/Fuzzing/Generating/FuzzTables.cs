using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>DRAM by chance, and what SRAT, SLIT and HMAT say of the machine, true or not.</summary>
internal sealed class FuzzTables(SimRandom random)
{
    private static readonly string[] Sizes = ["256MiB", "1GiB", "1GiB", "2GiB", "4GiB", "4GiB", "8GiB", "61GiB", "63GiB", "66GiB", "72GiB"];

    /// <param name="bridges">Host bridges, for generic ports.</param>
    public FuzzNode Memory(int bridges)
    {
        bool hasTwo = random.Once(4);
        FuzzNode memory = hasTwo
            ? FuzzNode.Map(("nodes", FuzzNode.List([Node(0), Node(1)])))
            : FuzzNode.Map(("dram", random.Pick(Sizes)), ("cpus", FuzzNode.Number(random.Between(1, 4))));
        memory = random.Between(0, 7) switch
        {
            0 => memory.With("srat", "none"),
            1 => memory.With("srat", FuzzNode.List(Affinities(bridges))),
            _ => memory,
        };
        memory = random.Once(5) ? memory.With("slit", FuzzNode.List([Row(3), Row(3), Row(3)])) : memory;
        return random.Once(5) ? memory.With("hmat", FuzzNode.List([Entry(), Entry()])) : memory;
    }

    private FuzzNode Node(int domain) => FuzzNode.Map(("pxm", FuzzNode.Number(domain)), ("size", random.Pick(Sizes)), ("cpus", domain == 0 ? "2" : random.Pick("0", "1")));

    /// <summary>The window's first gibibyte or all of it in a domain of its own; DRAM may be told wrong.</summary>
    private IEnumerable<FuzzNode> Affinities(int bridges)
    {
        yield return FuzzNode.Map(("cpu", "0"), ("pxm", "0"));
        yield return FuzzNode.Map(("memory", random.Pick("0x0-0x7fffffff", "0x0-0xfffffff", "0x100000000-0x1ffffffff")), ("pxm", "0"));
        yield return FuzzNode.Map(
            ("memory", random.Pick("0x4000000000-0x403fffffff", "0x4000000000-0x4fffffffff", "0x4010000000-0x4017ffffff")),
            ("pxm", random.Pick("1", "2", "5")), ("hotplug", random.Pick("true", "false")), ("enabled", random.Pick("true", "true", "false")));
        if (random.Once(2))
        {
            yield return FuzzNode.Map(("generic_port", FuzzNode.Number(random.Between(1, bridges + 1))), ("pxm", random.Pick("3", "4")));
        }
    }

    private FuzzNode Row(int count) => FuzzNode.List(Enumerable.Range(0, count).Select(_ => (FuzzNode)FuzzNode.Number(random.Pick(10, 20, 21, 255, 0))));

    private FuzzNode Entry() => FuzzNode.Map(
        ("initiator", "0"), ("target", FuzzNode.Number(random.Between(0, 4))), ("latency", FuzzNode.Number(random.Pick(10, 90, 250))), ("bandwidth", FuzzNode.Number(random.Pick(1000, 64000))));
}
