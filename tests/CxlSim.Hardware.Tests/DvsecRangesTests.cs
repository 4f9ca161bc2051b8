using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>The DVSEC for devices (CXL r3.1 8.1.3): offsets from its start at 0x10c.</summary>
public class DvsecRangesTests
{
    private const int Dvsec = 0x10c;
    private const int Control = Dvsec + 0x0c;
    private const int Lock = Dvsec + 0x14;
    private const int Base1High = Dvsec + 0x20;
    private const int Base1Low = Dvsec + 0x24;
    private const int Base2High = Dvsec + 0x30;

    private const string NoDecoders = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 00.0, port: 7, type3: {volatile: 1GiB, persistent: 256MiB, hdm_decoders: 0}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private static readonly Bdf Device = Bench.DeviceAt(0);

    // Recorded of a device with 512 MiB of each (06-pmem-and-volatile): both ranges filled in, a count of one.
    [Fact]
    public void TwoParts_AreTwoRanges()
    {
        Bench bench = new(NoDecoders.Replace(", hdm_decoders: 0", string.Empty, StringComparison.Ordinal));
        bench.Settle();
        bench.Machine.ReadConfig(Device, Dvsec + 0x0a, 2).Should().Be(0x001e);
        bench.Machine.ReadConfig(Device, Dvsec + 0x1c, 4).Should().Be(0x4000004b);
        bench.Machine.ReadConfig(Device, Dvsec + 0x2c, 4).Should().Be(0x1000004b);
    }

    [Fact]
    public void RangesOfADeviceWithoutDecoders_AreCounted()
    {
        Bench bench = new(NoDecoders);
        (bench.Machine.ReadConfig(Device, Dvsec + 0x0a, 2) >> 4 & 3).Should().Be(2);
        (bench.Read32(Bench.ComponentOf(0), 0x1000) >> 24).Should().Be(2, "RAS and link are all that is left");
    }

    [Fact]
    public void Active_ComesWithTheMedia()
    {
        Bench bench = new(Bench.OneDevice);
        bench.Machine.ReadConfig(Device, Dvsec + 0x1c, 4).Should().Be(0x40000049);
        bench.Settle();
        bench.Machine.ReadConfig(Device, Dvsec + 0x1c, 4).Should().Be(0x4000004b);
    }

    [Fact]
    public void Ranges_Decode_WhileNoHdmDecoderDoes()
    {
        Bench bench = new(NoDecoders);
        bench.Store64(Bench.Window, 1).Should().Be(BusResult.DecodeError);
        SetBase(bench, Base1High, 0x10_0000_0000);
        SetBase(bench, Base2High, 0x10_4000_0000);
        bench.Store64(Bench.Window, 1).Should().Be(BusResult.DecodeError, "CXL.mem is off");

        bench.Machine.WriteConfig(Device, Control, 2, 0x0006);

        bench.Store64(Bench.Window + 0x100, 0x1111).Should().Be(BusResult.Done);
        bench.Store64(Bench.Window + 0x4000_0100, 0x2222).Should().Be(BusResult.Done);
        bench.Media(0, 0x100).Should().Be(0x1111);
        bench.Media(0, 0x4000_0100).Should().Be(0x2222, "range 2 begins behind the capacity of range 1");
        bench.Store64(Bench.Window + 0x5000_0000, 1).Should().Be(BusResult.DecodeError, "the ranges end there");
    }

    [Fact]
    public void Ranges_GiveWay_OnceHdmDecodersAreSwitchedOn()
    {
        Bench bench = new(Bench.OneDevice);
        SetBase(bench, Base1High, 0x10_0000_0000);
        bench.Machine.WriteConfig(Device, Control, 2, 0x0006);
        bench.Store64(Bench.Window, 1).Should().Be(BusResult.Done);

        bench.Write32(Bench.ComponentOf(0), 0x1000 + 0x128 + 4, 2);

        bench.Store64(Bench.Window, 1).Should().Be(BusResult.DecodeError);
    }

    /// <summary>A decoder that is committed decodes only with both switches on, and the device tells which is not.</summary>
    [Fact]
    public void CommittedDecoders_NeedBothSwitches()
    {
        Bench bench = new(Bench.OneDevice);
        bench.Device(0).Program(0, Bench.Window, 0x10000000);
        Write().Should().Be((BusResult.DecodeError, "Mem_Enable"));

        bench.Machine.WriteConfig(Device, Control, 2, 0x0006);
        SetBase(bench, Base1High, 0x20_0000_0000);
        Write().Should().Be((BusResult.DecodeError, "HDM Decoder Enable"));

        bench.Device(0).Global = 2;
        Write().Should().Be((BusResult.Done, null));

        bench.Machine.WriteConfig(Device, Control, 2, 0x0002);
        Write().Should().Be((BusResult.DecodeError, "Mem_Enable"));

        (BusResult Result, string? Off) Write() => (bench.Store64(Bench.Window, 1), bench.Machine.Devices[0].OffSwitch);
    }

    [Fact]
    public void Lock_KeepsControlAndBases_ForGood()
    {
        Bench bench = new(Bench.OneDevice);
        SetBase(bench, Base1High, 0x10_0000_0000);
        bench.Machine.WriteConfig(Device, Lock, 2, 1);

        bench.Machine.WriteConfig(Device, Lock, 2, 0);
        bench.Machine.WriteConfig(Device, Control, 2, 0x0006);
        SetBase(bench, Base1High, 0x20_0000_0000);
        SetBase(bench, Base2High, 0x20_0000_0000);

        bench.Machine.ReadConfig(Device, Lock, 2).Should().Be(1);
        bench.Machine.ReadConfig(Device, Control, 2).Should().Be(0x0002);
        bench.Machine.ReadConfig(Device, Base1High, 4).Should().Be(0x10);
        bench.Machine.ReadConfig(Device, Base2High, 4).Should().Be(0);
    }

    [Fact]
    public void Bases_CountIn256MiB()
    {
        Bench bench = new(Bench.OneDevice);
        bench.Machine.WriteConfig(Device, Base1Low, 4, uint.MaxValue);
        bench.Machine.ReadConfig(Device, Base1Low, 4).Should().Be(0xf000_0000);
    }

    [Theory]
    [InlineData("function_map", 2, 0x2c)]
    [InlineData("mld", 9, 0x10)]
    public void ExtraDvsec_IsThereWhenAskedFor(string word, uint id, uint length)
    {
        Bench bench = new(Bench.OneDevice.Replace("volatile: 1GiB", $"volatile: 1GiB, dvsecs: [{word}]", StringComparison.Ordinal));
        int offset = 0x200;
        while ((bench.Machine.ReadConfig(Device, offset, 4) >> 20) is var next and not 0)
        {
            offset = (int)next;
        }

        bench.Machine.ReadConfig(Device, offset + 8, 2).Should().Be(id);
        (bench.Machine.ReadConfig(Device, offset + 4, 4) >> 20).Should().Be(length);
    }

    private static void SetBase(Bench bench, int high, ulong address)
    {
        bench.Machine.WriteConfig(Device, high, 4, Bits.High32(address));
        bench.Machine.WriteConfig(Device, high + 4, 4, Bits.Low32(address));
    }
}
