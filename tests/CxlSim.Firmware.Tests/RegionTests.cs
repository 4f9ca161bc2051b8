using CxlSim.Core;

namespace CxlSim.Firmware.Tests;

/// <summary>Regions that firmware sets up: the four configurations of the Linux documentation, and shapes that it leaves alone.</summary>
public class RegionTests
{
    private const ulong Window = 0xc050000000;
    private const ulong Value = 0x1122334455667788;

    private const string Head = """
        memory: {dram: 32GiB, cpus: 8}
        firmware: {decoders: locked}

        """;

    private const string HbInterleave = Head + """
        host_bridges:
          - {uid: 5, bus: 0xd2, root_ports: [{at: 01.1, port: 0, type3: {volatile: 128GiB}}, {at: 01.3, port: 2}, {at: 07.1, port: 113}]}
          - {uid: 4, bus: 0xa8, root_ports: [{at: 01.1, port: 0, type3: {volatile: 128GiB}}, {at: 01.3, port: 2}]}
        windows: [{base: 0xc050000000, targets: [5, 4]}]
        """;

    private const string IntraHbInterleave = Head + """
        host_bridges:
          - uid: 5
            bus: 0xd2
            root_ports: [{at: 01.1, port: 0, type3: {volatile: 128GiB}}, {at: 01.3, port: 2, type3: {volatile: 128GiB}}, {at: 07.1, port: 113}]
        windows: [{base: 0xc050000000, targets: [5]}]
        """;

    private const string MultiInterleave = Head + """
        host_bridges:
          - {uid: 5, bus: 0xd2, root_ports: [{at: 01.1, port: 0, type3: {volatile: 128GiB}}, {at: 01.3, port: 2, type3: {volatile: 128GiB}}]}
          - {uid: 4, bus: 0xa8, root_ports: [{at: 01.1, port: 0, type3: {volatile: 128GiB}}, {at: 01.3, port: 2, type3: {volatile: 128GiB}}]}
        windows: [{base: 0xc050000000, targets: [5, 4]}]
        """;

    [Fact]
    public void SingleDevice_IsOneWay()
    {
        Board board = Board.OfPlatform("single-device.yaml");
        board.Decoder("d3:00.0").Should().Be(Locked(128, 0, 0, 0));
        board.BridgeDecoder(5).Should().Be(Locked(128, 0, 0, 0));
        Reaches(board, 0xe04ffffff8, 0, 0x1ffffffff8);
    }

    [Fact]
    public void HbInterleave_IsTwoWaysAtTheRoot()
    {
        Board board = Board.Of(HbInterleave);
        board.Decoder("d3:00.0").Should().Be(Locked(256, 1, 0, 0));
        board.Decoder("a9:00.0").Should().Be(Locked(256, 1, 0, 0));
        board.BridgeDecoder(5).Should().Be(Locked(256, 0, 1, 0));
        board.BridgeDecoder(4).Should().Be(Locked(256, 0, 1, 0));
        Reaches(board, 0xc050000000, 0, 0);
        Reaches(board, 0xc050000100, 1, 0);
        Reaches(board, 0x1004ffffff8, 1, 0x1ffffffff8);
    }

    [Fact]
    public void IntraHbInterleave_IsTwoWaysAtTheBridge()
    {
        Board board = Board.Of(IntraHbInterleave);
        board.Decoder("d3:00.0").Should().Be(Locked(256, 1, 0, 0));
        board.Decoder("d4:00.0").Should().Be(Locked(256, 1, 0, 0));
        board.BridgeDecoder(5).Should().Be(Locked(256, 1, 0, 0x0200));
        Reaches(board, 0xc050000100, 1, 0);
        Reaches(board, 0xc062345678, 0, 0x91a2b78);
    }

    [Fact]
    public void MultiInterleave_IsFourWaysOverBothLevels()
    {
        Board board = Board.Of(MultiInterleave);
        foreach (string device in new[] { "d3:00.0", "d4:00.0", "a9:00.0", "aa:00.0" })
        {
            board.Decoder(device).Should().Be(Locked(512, 2, 0, 0));
        }

        board.BridgeDecoder(5).Should().Be(Locked(512, 1, 1, 0x0200));
        board.BridgeDecoder(4).Should().Be(Locked(512, 1, 1, 0x0200));

        // Devices 0 and 1 are below d2, 2 and 3 below a8.
        Reaches(board, 0xc050000000, 0, 0);
        Reaches(board, 0xc050000100, 2, 0);
        Reaches(board, 0xc050000200, 1, 0);
        Reaches(board, 0xc050000300, 3, 0);
        Reaches(board, 0xc050000400, 0, 0x100);
        Reaches(board, 0x1404ffffff8, 3, 0x1ffffffff8);
    }

    // Rows "root x1, bridge 2 rp, x4 via 2 switches" and "root x3/512" of the worked set-ups.
    [Fact]
    public void SwitchesBelowABridge_TakeTheNextAddressBits()
    {
        Board board = Board.Of("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: programmed}
            host_bridges:
              - uid: 5
                bus: 0x10
                root_ports:
                  - {switch: {ports: [{port: 1, type3: {volatile: 256MiB}}, {port: 2, type3: {volatile: 256MiB}}]}}
                  - {switch: {ports: [{port: 1, type3: {volatile: 256MiB}}, {port: 2, type3: {volatile: 256MiB}}]}}
            windows: [{base: 0x1000000000, targets: [5]}]
            """);
        board.BridgeDecoder(5).Should().BeEquivalentTo(new { WaysCode = 1, GranularityCode = 0, Targets = 0x0100UL, Committed = true, Locked = false });
        board.Decoder("11:00.0").Should().BeEquivalentTo(new { WaysCode = 1, GranularityCode = 1, Targets = 0x0201UL, Committed = true });
        board.Decoder("13:00.0").Should().BeEquivalentTo(new { WaysCode = 2, GranularityCode = 0, Size = 0x40000000UL, Committed = true });
        Reaches(board, 0x1000000300, 3, 0);
        Reaches(board, 0x1000000600, 1, 0x100);
    }

    [Fact]
    public void ThreeBridges_LeaveTheGranularityOfTheBridgeAsItIs()
    {
        string bridges = string.Concat(Enumerable.Range(0, 3).Select(i =>
            $"  - {{uid: {i}, bus: {0x10 * i}, hdm_decoders: 4, root_ports: [{{type3: {{volatile: 1GiB}}}}]}}\n"));
        Board board = Board.Of("memory: {dram: 2GiB, cpus: 1}\nfirmware: {decoders: locked}\nhost_bridges:\n" + bridges
            + "windows: [{base: 0x3000000000, size: 4GiB, granularity: 512, targets: [0, 1, 2]}]");

        board.BridgeDecoder(1).Should().BeEquivalentTo(new { WaysCode = 0, GranularityCode = 1, Size = 0xc0000000UL, Committed = true });
        board.Decoder("11:00.0").Should().BeEquivalentTo(new { WaysCode = 8, GranularityCode = 1, Size = 0xc0000000UL, Committed = true });
        Reaches(board, 0x3000000600, 0, 0x200);
        Reaches(board, 0x30bffffff8, 2, 0x3ffffff8);
    }

    /// <summary>A window for persistent memory alone stays as it is, and the capacity goes to the next (restrictions: CXL r3.1 9.18.1.3).</summary>
    [Fact]
    public void WindowOfPersistentMemory_IsLeftAlone()
    {
        Board board = Board.Of("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 00.0, type3: {volatile: 1GiB, persistent: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5], restrictions: 0xa}, {base: 0x2000000000, size: 1GiB, targets: [5], restrictions: 0x6}]
            """);

        board.Machine.Devices[0].Hdm!.Committed().Select(decoder => decoder.Range.Start.Value).Should().Equal(0x2000000000);
    }

    public static TheoryData<string, string> OddShapes => new()
    {
        { "five devices", Ports("{type3: {volatile: 1GiB}}", 5) },
        { "sixteen ports of one bridge", Ports("{type3: {volatile: 1GiB}}", 16) },
        { "persistent capacity only", Ports("{type3: {persistent: 1GiB}}", 2) },
        { "one device and a switch of three", "[{type3: {volatile: 1GiB}}, {switch: {ports: [" + string.Join(", ", Enumerable.Repeat("{type3: {volatile: 1GiB}}", 3)) + "]}}]" },
        { "no device", "[{at: 00.0}, {at: 01.0}]" },
    };

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void OddShape_IsLeftAlone(string what, string ports)
    {
        Board board = Board.Of($$$"""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: {{{ports}}}}]
            windows: [{base: 0x1000000000, size: 16GiB, targets: [5]}]
            """);

        board.Machine.Devices.Where(device => device.Hdm!.Committed().Count > 0).Should().BeEmpty(what);
        board.BridgeDecoder(5).Committed.Should().BeFalse();
    }

    // 16 KiB times two is a granularity that no decoder has.
    [Fact]
    public void GranularityPastTheLastCode_IsLeftAlone() =>
        Board.Of(HbInterleave.Replace("targets: [5, 4]", "granularity: 16KiB, targets: [5, 4]", StringComparison.Ordinal)).Decoder("d3:00.0").Committed.Should().BeFalse();

    /// <summary>The third device can do one way only: it refuses, and the two before it are committed by then.</summary>
    [Fact]
    public void SecondWindow_GetsNothing_OfWhatAFailedFirstHolds()
    {
        Board board = Board.Of("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB, interleave: []}}]}]
            windows: [{base: 0x1000000000, size: 768MiB, targets: [5]}, {base: 0x2000000000, size: 768MiB, targets: [5]}]
            """);

        board.Decoder("11:00.0").Committed.Should().BeTrue();
        board.Decoder("13:00.0").Committed.Should().BeFalse();
        board.Decoder("11:00.0", 1).Committed.Should().BeFalse();
    }

    /// <summary>The third device cannot be one of three; for a window of its own it is good enough, and so is the decoder that refused.</summary>
    [Fact]
    public void SecondWindow_GetsTheDecoder_ThatRefusedTheFirst()
    {
        Board board = Board.Of("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: programmed}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}]}
              - {uid: 6, bus: 0x20, root_ports: [{type3: {volatile: 256MiB}}]}
              - {uid: 7, bus: 0x30, hdm_decoders: 4, root_ports: [{type3: {volatile: 512MiB, interleave: []}}]}
            windows: [{base: 0x1000000000, size: 768MiB, targets: [5, 6, 7]}, {base: 0x2000000000, size: 256MiB, targets: [7]}]
            """);

        board.Decoder("31:00.0").Should().BeEquivalentTo(new { Base = 0x2000000000UL, Size = 0x10000000UL, WaysCode = 0, Committed = true });
        Reaches(board, 0x2000000008, 2, 8);
    }

    // Windows may be several views of the same devices: capacity is given once.
    [Fact]
    public void SecondWindow_GetsWhatTheFirstHasLeft()
    {
        Board board = Board.Of("""
            memory: {dram: 2GiB, cpus: 1}
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows:
              - {base: 0x1000000000, size: 768MiB, targets: [5]}
              - {base: 0x2000000000, size: 1GiB, targets: [5]}
              - {base: 0x3000000000, size: 1GiB, targets: [5]}
            """);

        board.Decoder("11:00.0").Size.Should().Be(0x30000000);
        board.Decoder("11:00.0", 1).Should().BeEquivalentTo(new { Base = 0x2000000000UL, Size = 0x10000000UL, Committed = true });
        board.Decoder("11:00.0", 2).Committed.Should().BeFalse();
        Reaches(board, 0x2000000008, 0, 0x30000008);
    }

    private static string Ports(string port, int count) => "[" + string.Join(", ", Enumerable.Repeat(port, count)) + "]";

    private static DecoderState Locked(ulong gib, uint waysCode, uint granularityCode, ulong targets) =>
        new(Window, gib << 30, waysCode, granularityCode, targets, Committed: true, Locked: true);

    private static void Reaches(Board board, ulong address, int device, ulong dpa)
    {
        board.Machine.Store(new Hpa(address), BitConverter.GetBytes(Value)).Should().Be(BusResult.Done);
        byte[] found = new byte[8];
        board.Machine.Devices[device].Media.Read(dpa, found);
        BitConverter.ToUInt64(found).Should().Be(Value);
        board.Machine.Store(new Hpa(address), new byte[8]);
    }
}
