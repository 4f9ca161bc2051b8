namespace CxlSim.Tests;

/// <summary>The interleaved machines of the Linux documentation (<c>driver-api/cxl/linux/example-configurations</c>), decoders programmed and locked by firmware, and one of our own.</summary>
internal static class InterleavedPlatforms
{
    private const string Head = """
        memory: {dram: 32GiB, cpus: 8}
        firmware: {decoders: locked}
        host_bridges:

        """;

    private const string TwoBelowOne = """
          - uid: 5
            bus: 0xd2
            root_ports:
              - {at: 01.1, port: 0, type3: {id: d2-0, volatile: 128GiB}}
              - {at: 01.3, port: 2, type3: {id: d2-2, volatile: 128GiB}}

        """;

    /// <summary>A device below each of two bridges.</summary>
    public const string AcrossBridges = Head + """
          - {uid: 5, bus: 0xd2, root_ports: [{at: 01.1, port: 0, type3: {id: d2, volatile: 128GiB}}]}
          - {uid: 4, bus: 0xa8, root_ports: [{at: 01.1, port: 0, type3: {id: a8, volatile: 128GiB}}]}
        windows: [{base: 0xc050000000, size: 256GiB, targets: [5, 4], granularity: 256}]

        """;

    /// <summary>Two devices below one bridge.</summary>
    public const string WithinBridge = Head + TwoBelowOne + """
        windows: [{base: 0xc050000000, size: 256GiB, targets: [5], granularity: 256}]

        """;

    /// <summary>Two devices below each of two bridges.</summary>
    public const string AcrossAndWithin = Head + TwoBelowOne + """
          - uid: 4
            bus: 0xa8
            root_ports:
              - {at: 01.1, port: 0, type3: {id: a8-0, volatile: 128GiB}}
              - {at: 01.3, port: 2, type3: {id: a8-2, volatile: 128GiB}}
        windows: [{base: 0xc050000000, size: 512GiB, targets: [5, 4], granularity: 256}]

        """;

    /// <summary>Six devices behind a window of three ways: where hardware and driver number positions their own ways.</summary>
    public const string SixBehindThree = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 0, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: a0, volatile: 1GiB}}, {at: 02.0, port: 1, type3: {id: a1, volatile: 1GiB}}]}
          - {uid: 1, bus: 0x20, root_ports: [{at: 01.0, port: 0, type3: {id: b0, volatile: 1GiB}}, {at: 02.0, port: 1, type3: {id: b1, volatile: 1GiB}}]}
          - {uid: 2, bus: 0x30, root_ports: [{at: 01.0, port: 0, type3: {id: c0, volatile: 1GiB}}, {at: 02.0, port: 1, type3: {id: c1, volatile: 1GiB}}]}
        windows: [{base: 0x3000000000, size: 6GiB, targets: [0, 1, 2], granularity: 256}]
        steps: [create-region: {decoder: decoder0.0, type: ram, size: 1536MiB, memdevs: [mem0, mem2, mem4, mem1, mem3, mem5]}]

        """;
}
