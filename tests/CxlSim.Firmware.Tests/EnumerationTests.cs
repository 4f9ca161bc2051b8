using CxlSim.Core;

namespace CxlSim.Firmware.Tests;

/// <summary>Bus numbers, BARs and bridge windows.</summary>
public class EnumerationTests
{
    private const string BootText = "memory: {dram: 2GiB, cpus: 1}\n";

    // Addresses that the recorded machine's firmware chose (lspci of 01-single-volatile).
    [Theory]
    [InlineData("0d:00.0", 0, 0x80200000)]
    [InlineData("0d:00.0", 2, 0x80210000)]
    [InlineData("0d:00.0", 4, 0x80211000)]
    [InlineData("0c:00.0", 0, 0xc040000000)]
    [InlineData("00:1f.2", 5, 0x80000000)]
    [InlineData("00:1d.0", 1, 0x80001000)]
    [InlineData("00:1d.0", 4, 0xc000000000)]
    public void Bar_IsTheRecordedOne(string function, int index, ulong address) => Board.OfPlatform("qemu-single.yaml").Bar(function, index).Should().Be(address);

    // Bytes 0x18 and 0x20 to 0x2f of the recorded configuration space: 80200000-803fffff and c020000000-c03fffffff.
    [Fact]
    public void BridgeRegisters_AreTheRecordedOnes()
    {
        Board board = Board.OfPlatform("qemu-single.yaml");
        (board.Config("0c:00.0", 0x18, 4) & 0xffffff).Should().Be(0x0d0d0c);
        board.Config("0c:00.0", 0x20, 4).Should().Be(0x80308020);
        board.Config("0c:00.0", 0x24, 4).Should().Be(0x3ff12001);
        board.Config("0c:00.0", 0x28, 4).Should().Be(0xc0);
        board.Config("0c:00.0", 0x2c, 4).Should().Be(0xc0);
    }

    [Fact]
    public void LegacyRange_TakesNoBar()
    {
        Board board = Board.Of(BootText + """
            host_bridges:
              - {kind: pcie, bus: 0, mmio: [0xa0000-0xbffff, 0x90000000-0x9fffffff], functions: [{at: 02.0, id: "1af4:1001", class: 0x010000, bars: [{index: 1, size: 4KiB}]}]}
            """);

        board.Bar("00:02.0", 1).Should().Be(0x90000000);
    }

    [Fact]
    public void UnusedWindow_IsClosed()
    {
        Board board = Board.OfPlatform("single-device.yaml");
        board.MemoryWindow("d2:01.3").Should().BeNull();
        board.Config("d2:01.3", 0x24, 2).Should().BeGreaterThan(board.Config("d2:01.3", 0x26, 2));
        board.MemoryWindow("d2:01.1").Should().NotBeNull();
    }

    [Fact]
    public void Switch_HasABusForItselfAndOneForEachPort()
    {
        Board board = Board.Of(BootText + """
            host_bridges:
              - uid: 5
                bus: 0x10
                root_ports:
                  - at: 00.0
                    switch: {ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}
                  - {at: 01.0, type3: {volatile: 1GiB}}
            """);

        (board.Config("10:00.0", 0x18, 4) & 0xffffff).Should().Be(0x161110);
        (board.Config("11:00.0", 0x18, 4) & 0xffffff).Should().Be(0x161211);
        (board.Config("12:02.0", 0x18, 4) & 0xffffff).Should().Be(0x151512);
        (board.Config("10:01.0", 0x18, 4) & 0xffffff).Should().Be(0x171710);
        foreach (string device in new[] { "13:00.0", "14:00.0", "15:00.0", "16:00.0", "17:00.0" })
        {
            (board.Config(device, 0x08, 4) >> 8).Should().Be(0x050210);
            (board.Machine.ReadRegister(new Hpa(board.Bar(device, 0) + 0x1000), 4) & 0xffff).Should().Be(1, "the registers of {0} answer", device);
        }
    }

    // Big mailboxes make windows of 3 MiB that must lie on 2 MiB: the window above has to hold the holes between them.
    [Fact]
    public void SwitchOverDevicesWithBigBars_FindsRoomForAll()
    {
        Board board = Board.Of(BootText + """
            host_bridges:
              - uid: 5
                bus: 0x10
                root_ports:
                  - at: 00.0
                    switch:
                      ports:
                        - {type3: {volatile: 1GiB, mailbox_payload: 1MiB}}
                        - {type3: {volatile: 1GiB, mailbox_payload: 1MiB}}
                        - {switch: {ports: [{type3: {volatile: 1GiB, mailbox_payload: 1MiB}}, {type3: {volatile: 1GiB}}]}}
            """);

        foreach (string device in new[] { "13:00.0", "14:00.0", "17:00.0", "18:00.0" })
        {
            (board.Machine.ReadRegister(new Hpa(board.Bar(device, 0) + 0x1000), 4) & 0xffff).Should().Be(1, "the registers of {0} answer", device);
        }
    }

    [Fact]
    public void SixtyFourBridgesOfSixteenDevices_GetBarsOfTheirOwn()
    {
        string devices = string.Join(", ", Enumerable.Range(0, 15).Select(i =>
            $$"""{at: {{i + 1:x2}}.0, id: "1af4:1001", class: 0x010000, bars: [{index: 0, size: 64KiB, wide: true}, {index: 2, size: {{4 << (i % 8)}}KiB}]}"""));
        string bridges = string.Concat(Enumerable.Range(0, 64).Select(i =>
            $"  - {{uid: {i}, bus: {4 * i}, last_bus: {(4 * i) + 3}, root_ports: [{{at: 00.0, type3: {{volatile: 1GiB}}}}], functions: [{devices}]}}\n"));

        Board board = Board.Of(BootText + "host_bridges:\n" + bridges);

        IReadOnlyList<IReadOnlyList<AddressRange>> plan = MmioPlan.Of(board.Platform);
        List<AddressRange> taken = [];
        for (int i = 0; i < 64; i++)
        {
            Allot(taken, plan[i], board.Bar($"{4 * i:x2}:00.0", 0), 64);
            AddressRange window = board.MemoryWindow($"{4 * i:x2}:00.0")!.Value;
            plan[i].Should().Contain(range => range.Contains(window));
            Allot(taken, [window], board.Bar($"{(4 * i) + 1:x2}:00.0", 0), 64);
            Allot(taken, [window], board.Bar($"{(4 * i) + 1:x2}:00.0", 2), 4);
            for (int device = 0; device < 15; device++)
            {
                Allot(taken, plan[i], board.Bar($"{4 * i:x2}:{device + 1:x2}.0", 0), 64);
                Allot(taken, plan[i], board.Bar($"{4 * i:x2}:{device + 1:x2}.0", 2), 4UL << (device % 8));
            }
        }

        taken.Should().HaveCount(64 * 33);
        AddressRange[] sorted = [.. taken.OrderBy(range => range.Start)];
        sorted.Zip(sorted.Skip(1)).Should().OnlyContain(pair => pair.First.Last < pair.Second.Start);
    }

    // From 4 GiB on the size is in the second register alone, which is no BAR of its own.
    [Fact]
    public void BarsOf4GiBAndMore_HaveTheirPlace()
    {
        Board board = Board.Of(BootText + """
            host_bridges:
              - kind: pcie
                bus: 0
                mmio: [0x90000000-0x9fffffff, 0x8000000000-0x8fffffffff]
                functions: [{at: 02.0, id: "1af4:1001", class: 0x010000, bars: [{index: 0, size: 8GiB, wide: true, prefetchable: true}, {index: 2, size: 1MiB, wide: true}, {index: 4, size: 4KiB}]}]
            """);

        board.Bar("00:02.0", 0).Should().Be(0x8000000000);
        board.Bar("00:02.0", 2).Should().Be(0x8200000000);
        board.Bar("00:02.0", 4).Should().Be(0x90000000);
    }

    [Fact]
    public void TooLittleRoom_LeavesBarsUnassigned()
    {
        Board board = Board.Of(BootText + """
            host_bridges:
              - {uid: 5, bus: 0x10, mmio: [0x90000000-0x900fffff], root_ports: [{at: 00.0, type3: {volatile: 1GiB}}, {at: 01.0, type3: {volatile: 1GiB}}]}
            """);

        // The room of 1 MiB goes to the window of the last port; nothing is left for the other and for the ports' own registers.
        board.MemoryWindow("10:01.0").Should().NotBeNull();
        board.MemoryWindow("10:00.0").Should().BeNull();
        board.Bar("10:00.0", 0).Should().Be(0);
        board.Bar("11:00.0", 0).Should().Be(0);
        board.Bar("11:00.0", 4).Should().Be(0);
    }

    private static void Allot(List<AddressRange> taken, IEnumerable<AddressRange> within, ulong address, ulong kib)
    {
        AddressRange range = AddressRange.Of(new Hpa(address), ByteSize.KiB(kib));
        within.Should().Contain(room => room.Contains(range));
        taken.Add(range);
    }
}
