using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>Loads and stores through the committed registers.</summary>
public class MemoryTests
{
    private const ulong Window = Bench.Window;
    private const ulong Ones = ulong.MaxValue;
    private const ulong Value = 0x1122334455667788;

    [Theory]
    [InlineData(0x0)]
    [InlineData(0x1234)]
    [InlineData(0x1ffc)]
    [InlineData(0x7ffffff8)]
    public void Dram_KeepsWhatWasStored(ulong address)
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();

        bench.Store64(address, Value).Should().Be(BusResult.Done);
        bench.Load64(address, out BusResult result).Should().Be(Value);
        result.Should().Be(BusResult.Done);
    }

    [Fact]
    public void LoadAcrossTheEndOfDram_GivesBytesAndThenOnes()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Store64(0x7ffffff8, Value);

        bench.Load64(0x7ffffffc, out BusResult result).Should().Be(0xffffffff11223344);
        result.Should().Be(BusResult.DecodeError);
        bench.Store64(0x7ffffffc, 0).Should().Be(BusResult.DecodeError);
        bench.Load64(0x7ffffff8, out _).Should().Be(0x0000000055667788);
    }

    [Theory]
    [InlineData(Window)]
    [InlineData(0x80000000)]
    [InlineData(ulong.MaxValue - 3)]
    public void UnclaimedAddress_GivesOnesAndDecodeError(ulong address)
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();

        bench.Store64(address, 0).Should().Be(BusResult.DecodeError);
        (bench.Load64(address, out BusResult result) & 0xffffffff).Should().Be(0xffffffff);
        result.Should().Be(BusResult.DecodeError);
    }

    [Fact]
    public void OneWay_LandsAtTheDpaOfTheAddress()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Device(0).Program(0, Window, 0x40000000).Should().Be(HdmDriver.Committed);

        bench.Store64(Window + 0x12345678, Value).Should().Be(BusResult.Done);

        bench.Media(0, 0x12345678).Should().Be(Value);
        bench.Machine.Devices[0].Media.Touched.Should().Be(4096);
        bench.Load64(Window + 0x40000000, out BusResult result).Should().Be(Ones);
        result.Should().Be(BusResult.DecodeError);
    }

    [Fact]
    public void TwoWay_SplitsAStoreOverTheDevices()
    {
        Bench bench = TwoWay();
        byte[] bytes = [.. Enumerable.Range(0, 1024).Select(i => (byte)(i / 256))];

        bench.Machine.Store(new Hpa(Window + 0x10000), bytes).Should().Be(BusResult.Done);

        // 0x10000 is chunk 0x100, the 0x80th of device 0.
        bench.Media(0, 0x8000).Should().Be(0);
        bench.Media(1, 0x8000).Should().Be(0x0101010101010101);
        bench.Media(0, 0x8100).Should().Be(0x0202020202020202);
        bench.Media(1, 0x8100).Should().Be(0x0303030303030303);
        byte[] read = new byte[1024];
        bench.Machine.Load(new Hpa(Window + 0x10000), read).Should().Be(BusResult.Done);
        read.Should().Equal(bytes);
    }

    [Fact]
    public void TwoWay_ReachesOneDeviceAndLeavesTheOtherAlone()
    {
        Bench bench = TwoWay();

        bench.Store64(Window + 0x300, Value);

        bench.Media(1, 0x100).Should().Be(Value);
        bench.Machine.Devices[1].Media.Touched.Should().Be(4096);
        bench.Machine.Devices[0].Media.Touched.Should().Be(0);
    }

    [Fact]
    public void ClearedCommit_ClosesTheWayAtOnce_AndTheBytesStay()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        HdmDriver device = bench.Device(0);
        device.Program(0, Window, 0x40000000);
        bench.Store64(Window, Value);

        device[0, 0x10] = 0;
        bench.Load64(Window, out BusResult result).Should().Be(Ones);
        result.Should().Be(BusResult.DecodeError);

        device.Program(0, Window, 0x40000000);
        bench.Load64(Window, out _).Should().Be(Value);
    }

    [Fact]
    public void BridgeWithoutDecoder_ClosesTheWay()
    {
        Bench bench = new Bench(Bench.TwoDevices).SwitchOn();
        bench.Device(0).Program(0, Window, 0x40000000);

        bench.Load64(Window, out BusResult result).Should().Be(Ones);
        result.Should().Be(BusResult.DecodeError);
        bench.Bridge.Program(0, Window, 0x40000000, 0, targets: 3);
        bench.Load64(Window, out result).Should().Be(0);
        result.Should().Be(BusResult.Done);
    }

    // A decoder may claim more than the device has: what lies past the capacity is not there.
    [Fact]
    public void AccessAcrossTheEndOfCapacity_TouchesOnlyTheCapacity()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Device(0).Program(0, Window, 0x80000000).Should().Be(HdmDriver.Committed);

        bench.Store64(Window + 0x3ffffffc, Value).Should().Be(BusResult.DecodeError);
        bench.Machine.Devices[0].Media.Touched.Should().Be(4096);
        bench.Load64(Window + 0x3ffffffc, out BusResult result).Should().Be(0xffffffff55667788);
        result.Should().Be(BusResult.DecodeError);
        bench.Load64(Window + 0x40000000, out result).Should().Be(Ones);
        result.Should().Be(BusResult.DecodeError);
    }

    [Fact]
    public void SkipPastEveryDpa_IsADecodeError()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Device(0).Program(0, Window, 0x10000000, 0, targets: 0xfffffffff0000000);

        bench.Load64(Window + 0xffffff8, out BusResult result).Should().Be(Ones);
        result.Should().Be(BusResult.DecodeError);
    }

    private static Bench TwoWay()
    {
        Bench bench = new Bench(Bench.TwoDevices).SwitchOn();
        bench.Device(0).Program(0, Window, 0x80000000, 0x10).Should().Be(HdmDriver.Committed);
        bench.Device(1).Program(0, Window, 0x80000000, 0x10).Should().Be(HdmDriver.Committed);
        bench.Bridge.Program(0, Window, 0x80000000, 0x10, targets: 0x0903).Should().Be(HdmDriver.Committed);
        return bench;
    }

    // Longer than the buffer that it goes through, and not a multiple of it.
    [Fact]
    public void Copy_TakesABlockFromDramToTheDevicesAndBack()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();
        bench.Device(0).Program(0, Window, 0x40000000).Should().Be(HdmDriver.Committed);
        byte[] bytes = [.. Enumerable.Range(0, 10_001).Select(i => (byte)(i % 251))];
        bench.Machine.Store(new Hpa(0x10_0007), bytes);

        bench.Machine.Memory.Copy(new Hpa(0x10_0007), new Hpa(Window + 3), new ByteSize(10_001)).Should().Be(BusResult.Done);
        bench.Machine.Memory.Copy(new Hpa(Window + 3), new Hpa(0x20_0000), new ByteSize(10_001)).Should().Be(BusResult.Done);

        byte[] found = new byte[10_001];
        bench.Machine.Load(new Hpa(0x20_0000), found);
        found.Should().Equal(bytes);
        bench.Machine.Devices[0].Media.Touched.Should().Be(3 * 4096);
    }

    /// <summary>Within a page, and over its end.</summary>
    [Theory]
    [InlineData(0x10_0000, 1)]
    [InlineData(0x10_0ff0, 1)]
    [InlineData(0x10_0ff0, 3)]
    public void CopyOntoItself_RepeatsWhatIsInFront(ulong start, int ahead)
    {
        Bench bench = new(Bench.OneDevice);
        byte[] bytes = [.. Enumerable.Range(1, 40).Select(value => (byte)value)];
        bench.Machine.Store(new Hpa(start), bytes);

        bench.Machine.Memory.Copy(new Hpa(start), new Hpa(start + (ulong)ahead), new ByteSize((ulong)(40 - ahead)));

        bench.Machine.Load(new Hpa(start), bytes);
        bytes.Should().Equal(Enumerable.Range(0, 40).Select(place => (byte)((place % ahead) + 1)));
    }

    [Fact]
    public void CopyOntoWhatLiesBelow_IsAMove()
    {
        Bench bench = new(Bench.OneDevice);
        bench.Machine.Store(new Hpa(0x10_0ff0), [.. Enumerable.Range(1, 40).Select(value => (byte)value)]);

        bench.Machine.Memory.Copy(new Hpa(0x10_0ff1), new Hpa(0x10_0ff0), new ByteSize(39));

        byte[] bytes = new byte[39];
        bench.Machine.Load(new Hpa(0x10_0ff0), bytes);
        bytes.Should().Equal(Enumerable.Range(2, 39).Select(value => (byte)value));
    }

    [Fact]
    public void CopyOfWhatNothingClaims_IsADecodeError_AndGivesOnes()
    {
        Bench bench = new Bench(Bench.OneDevice).SwitchOn();

        bench.Machine.Memory.Copy(new Hpa(Window), new Hpa(0x20_0000), new ByteSize(8)).Should().Be(BusResult.DecodeError);

        bench.Load64(0x20_0000, out _).Should().Be(Ones);
    }

    /// <summary>What nothing claims is one piece, and ends where DRAM or a decoder begins.</summary>
    [Theory]
    [InlineData(0xffffff80, 0x100, "0xffffff80+128 0x100000000+128")]
    [InlineData(Window - 0x8000, 0x10000, "0xfffff8000+32768 0x1000000000+32768")]
    [InlineData(Window + 0x4000_0000 - 4, 0x1000004, "0x103ffffffc+4 0x1040000000+16777216")]
    [InlineData(ulong.MaxValue, 3, "0xffffffffffffffff+1 0x0+2")]
    public void AnAccess_FallsIntoThePiecesThatOneMemoryAnswers(ulong start, int length, string pieces)
    {
        Bench bench = new Bench(Bench.OneDevice.Replace("2GiB", "6GiB", StringComparison.Ordinal)).SwitchOn();
        bench.Device(0).Program(0, Window, 0x40000000);
        List<string> loads = [];
        bench.Machine.Memory.Accessed += (address, count, isWrite) => loads.Add($"{address}+{count}");

        bench.Machine.Load(new Hpa(start), new byte[length]).Should().Be(BusResult.DecodeError);

        loads.Should().Equal(pieces.Split(' '));
    }
}
