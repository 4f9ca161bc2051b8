using CxlSim.Core;

namespace CxlSim.Machine.Tests;

/// <summary>A booted machine's memory, through the decoders and past them.</summary>
public class SimulatedMachineTests
{
    private static readonly Hpa WindowStart = new(0x10_0000_0000);
    private readonly SimulatedMachine _machine = Given.SmallMachine();

    public SimulatedMachineTests() => Given.Boot(_machine);

    [Theory]
    [InlineData(0x0UL)]
    [InlineData(0x1fff_fffdUL)]
    [InlineData(0x3fff_fff8UL)]
    public void StoredBytes_AreOnTheMedia(ulong offset)
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] found = new byte[8];
        _machine.Store(new Hpa(WindowStart.Value + offset), bytes).Should().Be(BusResult.Done);
        _machine.Media.TryRead("card", new Dpa(offset), found).Should().BeTrue();
        found.Should().Equal(bytes);
    }

    [Theory]
    [InlineData("card", 0x4000_0000UL, 1, false)]
    [InlineData("card", 0x3fff_ffffUL, 1, true)]
    [InlineData("card", 0x3fff_ffffUL, 2, false)]
    [InlineData("card", ulong.MaxValue, 1, false)]
    [InlineData("card", 0x4000_0000UL, 0, true)]
    [InlineData("nobody", 0UL, 1, false)]
    [InlineData("nobody", 0UL, 0, false)]
    public void MediaBeyondItsEnd_IsRefused(string device, ulong address, int length, bool expected) =>
        _machine.Media.TryRead(device, new Dpa(address), new byte[length]).Should().Be(expected);

    [Theory]
    [InlineData(0x10_4000_0000UL)]
    [InlineData(0xfff_ffff_ffffUL)]
    [InlineData(0xffff_ffff_ffff_fff8UL)]
    public void AddressesThatNobodyDecodes_ResolveToNothing(ulong address)
    {
        byte[] bytes = new byte[8];
        _machine.Resolve(new Hpa(address)).Should().BeNull();
        _machine.Load(new Hpa(address), bytes).Should().Be(BusResult.DecodeError);
        bytes.Should().AllBeEquivalentTo((byte)0xff);
        _machine.Store(new Hpa(address), bytes).Should().Be(BusResult.DecodeError);
    }

    [Fact]
    public void Devices_SayWhatTheyAreAndHowMuchIsTouched()
    {
        _machine.Store(WindowStart, [1]);
        DeviceInfo device = _machine.Devices.Should().ContainSingle().Subject;
        device.Id.Should().Be("card");
        device.Address.ToString().Should().Be("0000:11:00.0");
        device.Capacity.Should().Be(ByteSize.GiB(1));
        device.Touched.Bytes.Should().BeInRange(1, 1 << 20, "media is sparse");
    }
}
