using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests;

/// <summary>The driver's side of the mailbox: return codes as errors, and what a device that does not answer is said to be (fact sheet 10, 11.7 and 11.9).</summary>
public class MailboxContractTests
{
    private const string Machine = """
        memory: {dram: 1GiB}
        host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}]}]
        windows: [{size: 1GiB, targets: [4]}]
        """;

    private readonly HostileBoot _boot = new(Given.Platform(Machine));

    public static TheoryData<MailboxReturnCode> Codes() => [.. Enum.GetValues<MailboxReturnCode>()];

    [Fact]
    public void EveryCodeUpTo1E_IsThere() => Enum.GetValues<MailboxReturnCode>().Select(code => (int)code).Should().Equal(Enumerable.Range(0, 0x1f));

    // ENXIO but for two; a background command that nobody gave time to, and that does not end, is too late.
    [Theory]
    [MemberData(nameof(Codes))]
    public void ReturnCode_BecomesAnError(MailboxReturnCode code)
    {
        bool answers = false;
        ulong mailbox = 0;
        _boot.Bus = new PatchedBus(_boot.Hardware) { Register = (address, value) => answers && address.Value == mailbox + 0x10 ? (ulong)code << 32 : value };
        _boot.Run().Should().BeNull();
        CxlMemdev memdev = _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();
        mailbox = RegistersOf(memdev).Value;
        answers = true;

        Errno error = Errno.ENOSYS;
        _boot.Kernel.Simulation.Spawn("send", async () => (error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetTimestamp, []));
        _boot.Kernel.Simulation.RunUntilIdle();

        error.Should().Be(code switch
        {
            MailboxReturnCode.Success => Errno.Ok,
            MailboxReturnCode.BackgroundStarted => Errno.ETIMEDOUT,
            MailboxReturnCode.InvalidPhysicalAddress => Errno.EFAULT,
            MailboxReturnCode.InjectPoisonLimit => Errno.EBUSY,
            _ => Errno.ENXIO,
        });
    }

    // Memory device status: bit 0 fatal, bit 1 firmware halt.
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, ", device state fatal")]
    [InlineData(3, ", device state fatal, firmware halted")]
    public void BusyMailbox_IsNamedWithTheDevicesState(ulong state, string expected)
    {
        bool isBusy = false;
        ulong mailbox = 0;
        _boot.Bus = new PatchedBus(_boot.Hardware)
        {
            Register = (address, value) => !isBusy ? value : address.Value == mailbox + 4 ? value | 1 : address.Value == mailbox + 0x820 ? value | state : value,
        };
        _boot.Run().Should().BeNull();
        CxlMemdev memdev = _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();
        mailbox = RegistersOf(memdev).Value;
        isBusy = true;

        Errno error = Errno.Ok;
        _boot.Kernel.Simulation.Spawn("send", async () => (error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetTimestamp, []));
        _boot.Kernel.Simulation.RunUntilIdle();

        error.Should().Be(Errno.EBUSY);
        _boot.Log.Lines.Should().Contain($"cxl_pci 0000:11:00.0: mailbox queue busy, opcode 0x0300{expected}");
    }

    [Fact]
    public void InputAboveThePayload_IsNotSent()
    {
        _boot.Run().Should().BeNull();
        CxlMemdev memdev = _boot.Kernel!.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();
        Errno error = Errno.Ok;
        _boot.Kernel.Simulation.Spawn("send", async () => (error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.SetLsa, new byte[2049]));
        _boot.Kernel.Simulation.RunUntilIdle();
        error.Should().Be(Errno.E2BIG);
    }

    /// <summary>The mailbox is the second capability of the device registers, which lie in BAR 2.</summary>
    private static Hpa RegistersOf(CxlMemdev memdev) => memdev.Pci!.Resources.Single(resource => resource.Bar.Index == 2).Range.Start + new ByteSize(0x88);
}
