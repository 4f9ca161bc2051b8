namespace CxlSim.Conformance.Tests;

/// <summary>What each reader takes for a fact, on small texts.</summary>
public class FactReadersTests
{
    private static readonly StableNames Names = StableNames.From("/sys/x/mem0/serial = 0xabc0\n");

    [Fact]
    public void An_attribute_dump_yields_values_links_errors_and_devices() =>
        Read(
            new AttributeReader(),
            "## /sys/x (/sys/x)",
            "a = 1",
            "b -> ../mem0",
            "c ! (write-only)",
            "d/ (device)",
            "e = ",
            "f=1",
            "g = h -> i")
            .Should().Equal(Facts(("a", "1"), ("b", "../mem<0xabc0>"), ("c", "(write-only)"), ("d/", "device)"), ("e", ""), ("f=1", ""), ("g", "h -> i")));

    [Fact]
    public void Uuids_and_device_numbers_are_compared_in_form_only() =>
        Read(
            new AttributeReader(),
            "r/uuid = 01234567-89ab-cdef-0123-456789abcdef",
            "s/uuid = none",
            "m/dev = 250:3",
            "m/uevent = MAJOR=250\\nMINOR=3\\nDEVNAME=x")
            .Should().Equal(Facts(("r/uuid", "<uuid>"), ("s/uuid", "none"), ("m/dev", "<dev>"), ("m/uevent", "MAJOR=<n>\\nMINOR=<n>\\nDEVNAME=x")));

    [Fact]
    public void Json_leaves_are_told_apart_by_the_name_of_their_object() =>
        new JsonReader().Read("""[{"memdev":"mem0","sizes":[1,null],"maps":[{"position":1,"target":"t"}]},{"region":"region0","on":true,"uuid":""}]""", Names)
            .Should().Equal(Facts(
                ("/mem<0xabc0>:memdev", "mem<0xabc0>"), ("/mem<0xabc0>:sizes[0]", "1"), ("/mem<0xabc0>:sizes[1]", "null"),
                ("/mem<0xabc0>:maps[1]/position", "1"), ("/mem<0xabc0>:maps[1]/target", "t"),
                ("/region0:region", "region0"), ("/region0:on", "true"), ("/region0:uuid", "")));

    [Theory]
    [InlineData("cxl: command not found")]
    [InlineData("")]
    [InlineData("[{\"memdev\":\"\\ud800\"}]")]
    public void Text_that_is_not_json_is_one_fact(string text) => new JsonReader().Read(text, Names).Should().Equal(Facts(("(not JSON)", text)));

    [Fact]
    public void An_iomem_line_is_known_by_its_parents() =>
        Read(
            new IomemReader(IomemScope.Cxl),
            "00000000-00000fff : Reserved",
            "490000000-58fffffff : CXL Window 0",
            "  490000000-4afffffff : region0",
            "5a0000000-5a0000fff : mem0")
            .Keys.Should().Equal("490000000-58fffffff CXL Window 0", "490000000-58fffffff CXL Window 0 > 490000000-4afffffff region0");

    [Fact]
    public void The_whole_iomem_has_every_line() =>
        Read(new IomemReader(IomemScope.Whole), "00000000-00000fff : Reserved", "  00000010-00000fff : mem0")
            .Keys.Should().Equal("0-fff Reserved", "0-fff Reserved > 10-fff mem<0xabc0>");

    [Fact]
    public void A_memory_block_has_a_fact_per_field() =>
        Read(
            new BlockReader(),
            "block_size_bytes=8000000",
            "memory5 state=online valid_zones=\"Normal Movable\" node=")
            .Should().Equal(Facts(("block_size_bytes", "8000000"), ("memory5/state", "online"),
                ("memory5/valid_zones", "\"Normal Movable\""), ("memory5/node", "")));

    [Fact]
    public void A_node_has_its_size_its_distances_and_the_masks() =>
        Read(
            new NodeReader(),
            "## /n/node1/distance",
            "20 10",
            "## /n/node1/meminfo",
            "Node 1 MemTotal:  524288 kB",
            "Node 1 MemFree: 5 kB",
            "## /n/node0/meminfo",
            "Node 0 MemTotal: 9 kB",
            "online=0-1")
            .Should().Equal(Facts(("/n/node1/distance", "20 10"), ("/n/node1/meminfo/MemTotal", "524288"), ("online", "0-1")));

    [Fact]
    public void Zones_of_the_first_node_are_left_out() =>
        Read(
            new ZoneReader(),
            "Node 0, zone   Normal",
            "        spanned  7",
            "Node 1, zone  Movable",
            "        spanned  8",
            "        managed  6",
            "  start_pfn:           4784128")
            .Should().Equal(Facts(("node1/Movable/spanned", "8"), ("node1/Movable/managed", "6"), ("node1/Movable/start_pfn", "4784128")));

    [Fact]
    public void Free_memory_is_no_fact_of_numactl() =>
        Read(
            new NumactlReader(),
            "available: 2 nodes (0-1)",
            "node 0 size: 1866 MB",
            "node 1 size: 512 MB",
            "node 1 free: 511 MB")
            .Keys.Should().Equal("available: 2 nodes (0-1)", "node 1 size: 512 MB");

    private static IReadOnlyDictionary<string, string> Read(IFactReader reader, params string[] lines) => reader.Read(string.Join('\n', lines), Names);

    private static Dictionary<string, string> Facts(params (string Key, string Value)[] facts) => facts.ToDictionary(fact => fact.Key, fact => fact.Value);
}
