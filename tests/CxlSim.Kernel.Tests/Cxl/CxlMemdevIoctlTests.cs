using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests;

/// <summary>The ioctls of /dev/cxl/memN (<c>drivers/cxl/core/mbox.c</c>): what is refused with which errno, and what comes back.</summary>
/// <remarks>One device with persistent memory and labels, whose commands are those of the recordings: no health, no alerts, no partitioning.</remarks>
public sealed class CxlMemdevIoctlTests
{
    private const string Machine = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, persistent: 512MiB, label_storage: 1MiB, serial: 0xabc0}}]}]
        windows: [{size: 4GiB, targets: [5], restrictions: 0xf}]
        """;

    private const uint Identify = 1;
    private const uint Raw = 2;
    private const uint GetPartitionInfo = 5;
    private const uint GetLsa = 6;
    private const uint GetHealthInfo = 7;
    private const uint SetPartitionInfo = 9;
    private const uint SetLsa = 10;

    private readonly MachineSession _session = Given.Booted(Machine);
    private readonly CxlMemdev _memdev;
    private readonly CxlMemdevIoctl _ioctl;

    public CxlMemdevIoctlTests()
    {
        _memdev = _session.Memdev(0xabc0);
        _ioctl = new CxlMemdevIoctl(_session.Kernel.Log, _memdev);
    }

    // _IOR(0xCE, 1, 8 bytes) and _IOWR(0xCE, 2, 48 bytes).
    [Fact]
    public void Requests_HaveTheNumbersOfTheHeader()
    {
        CxlMemdevIoctl.QueryCommands.Should().Be((2u << 30) | (8u << 16) | (0xceu << 8) | 1);
        CxlMemdevIoctl.SendCommand.Should().Be((3u << 30) | (48u << 16) | (0xceu << 8) | 2);
        BinaryLayout.ToBytes(new CxlSendCommand { ReturnCode = 1, InputPayload = 2, OutputSize = 3, OutputPayload = 4 })
            .Should().Equal([.. new byte[12], 1, .. new byte[11], 2, .. new byte[7], 3, .. new byte[7], 4, .. new byte[7]]);
    }

    [Fact]
    public void Query_WithoutRoom_CountsTheCommands() => _ioctl.Query(0).Should().Equal(25, 0, 0, 0);

    [Fact]
    public void Query_SaysWhatTheDeviceHasAndWhatTheKernelKeeps()
    {
        byte[] list = _ioctl.Query(100);

        list.Should().HaveCount(25 * 16);
        Info(list, 0).Should().Be((0u, 0u, 0u, 0u));
        Info(list, Identify).Should().Be((1u, 1u, 0u, 0x43u));
        Info(list, Raw).Should().Be((0u, 0u, 0u, 0u), "this kernel is built without raw commands");
        Info(list, GetLsa).Should().Be((6u, 1u, 8u, uint.MaxValue));
        Info(list, GetHealthInfo).Should().Be((7u, 0u, 0u, 0x12u), "the device does not have it");
        Info(list, SetPartitionInfo).Should().Be((9u, 0u, 0x0au, 0u));
        Info(list, SetLsa).Should().Be((10u, 3u, uint.MaxValue, 0u), "labels are the kernel's while pmem0 is bound");
        Info(list, 21).Should().Be((21u, 1u, 0u, 8u));
    }

    [Fact]
    public void Query_FillsTheRoomThereIs() => _ioctl.Query(2).Should().HaveCount(2 * 16);

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(uint.MaxValue)]
    [InlineData(15)]
    [InlineData(GetHealthInfo)]
    public void CommandThatIsNotThere_IsEnotty(uint id) => Validate(new CxlSendCommand { Id = id, OutputSize = 0x12 }).Should().Be(Errno.ENOTTY);

    [Fact]
    public void FieldsThatMustBeZero_AreEinval()
    {
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, Flags = 4 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, RawOpcode = 1 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, RawReserved = 1 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, InputReserved = 1 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, OutputReserved = 1 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = GetHealthInfo, Flags = 4 }).Should().Be(Errno.EINVAL, "fields are looked at before the command");
    }

    [Theory]
    [InlineData(2048, Errno.ENOMEM)]
    [InlineData(2049, Errno.EINVAL)]
    [InlineData(uint.MaxValue, Errno.EINVAL)]
    public void InputLargerThanThePayload_IsEinval(uint size, Errno error) =>
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43, InputSize = size }).Should().Be(error);

    [Fact]
    public void RawCommands_AreEperm()
    {
        Validate(new CxlSendCommand { Id = Raw, RawOpcode = 0x4000, OutputSize = 2048, Flags = 4 }).Should().Be(Errno.EPERM);
        Validate(new CxlSendCommand { Id = Raw, RawOpcode = 0x4000, RawReserved = 1 }).Should().Be(Errno.EINVAL);
        Validate(new CxlSendCommand { Id = Raw, RawOpcode = 0x4000, OutputSize = 2049 }).Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void SizesThatAreNotTheCommands_AreEnomem()
    {
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x42 }).Should().Be(Errno.ENOMEM);
        Validate(new CxlSendCommand { Id = Identify, OutputSize = 0x43 }).Should().Be(Errno.Ok);
        Validate(new CxlSendCommand { Id = GetLsa, InputSize = 7 }).Should().Be(Errno.ENOMEM);
        Validate(new CxlSendCommand { Id = GetLsa, InputSize = 8 }).Should().Be(Errno.Ok);
    }

    // zero-labels of the recording 06-pmem-and-volatile is refused by the tool; this is the kernel behind it.
    [Fact]
    public void Labels_AreTheKernels_WhilePmemIsBound()
    {
        CxlSendCommand write = new() { Id = SetLsa, InputSize = 12 };
        CxlSendCommand read = new() { Id = GetLsa, InputSize = 8, OutputSize = 4 };
        Validate(write).Should().Be(Errno.EBUSY);
        Send(write, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]).Error.Should().Be(Errno.EBUSY);

        _session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", _memdev.Name).Should().Be(Errno.Ok);
        Send(write, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]).Should().BeEquivalentTo(new MailboxAnswer(Errno.Ok));
        Send(read, [0, 0, 0, 0, 4, 0, 0, 0]).Output.Should().Equal(1, 2, 3, 4);

        _session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", _memdev.Name).Should().Be(Errno.Ok);
        Validate(write).Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void Pmem_HangsBelowTheMemdevAsRecorded()
    {
        string pmem = $"{Given.Devices}pmem{_memdev.Id}/";
        _session.Text(pmem + "uevent").Should().Be("DEVTYPE=cxl_nvdimm\nDRIVER=cxl_nvdimm\nMODALIAS=cxl:t2");
        _session.Kernel.Cxl.Bus.Find($"pmem{_memdev.Id}")!.Parent.Should().BeSameAs(_memdev);
        _session.Kernel.Log.Lines.Should().Contain(line => line.Text == $"cxl_mem {_memdev.Name}: register pmem{_memdev.Id}");
    }

    [Fact]
    public void PmemWithoutAWindowForIt_KeepsTheDeviceFromUse()
    {
        MachineSession session = Given.Booted(Machine.Replace("0xf", "0x6", StringComparison.Ordinal));
        CxlMemdev memdev = session.Memdev(0xabc0);

        memdev.IsBound.Should().BeFalse();
        session.Kernel.Log.Lines.Should().Contain(line => line.Text == $"cxl_mem {memdev.Name}: PMEM disabled by platform");
    }

    [Fact]
    public void Send_BringsTheOutputAndTheLogLinesOfTheRecording()
    {
        MailboxAnswer answer = Send(new CxlSendCommand { Id = GetPartitionInfo, OutputSize = 0x20 }, []);

        answer.Error.Should().Be(Errno.Ok);
        answer.ReturnCode.Should().Be(MailboxReturnCode.Success);
        answer.Output.Should().Equal([2, .. new byte[7], 2, .. new byte[23]]);
        _session.Kernel.Log.Lines.Select(line => line.Text).TakeLast(3).Should().Equal(
            $"cxl_pci {_memdev.Pci!.Name}: Submitting Get Partition Information command for user", "\topcode: 4100", "\tsize: 0");
    }

    [Fact]
    public void Send_CutsOutputToTheRoom()
    {
        Send(new CxlSendCommand { Id = GetLsa, InputSize = 8, OutputSize = 3 }, [0, 0, 0, 0, 8, 0, 0, 0]).Output.Should().HaveCount(3);
        Send(new CxlSendCommand { Id = GetLsa, InputSize = 8, OutputSize = uint.MaxValue }, [0, 0, 0, 0, 8, 0, 0, 0]).Output.Should().HaveCount(8);
        Send(new CxlSendCommand { Id = GetLsa, InputSize = 8, OutputSize = 0x7fffffff }, [0, 0, 0, 0, 8, 0, 0, 0]).Error.Should().Be(Errno.ENOMEM);
    }

    [Fact]
    public void WhatTheDeviceRefuses_IsAReturnCodeAndZeros()
    {
        MailboxAnswer answer = Send(new CxlSendCommand { Id = GetLsa, InputSize = 8, OutputSize = 5 }, [255, 255, 255, 255, 8, 0, 0, 0]);

        answer.Error.Should().Be(Errno.Ok);
        answer.ReturnCode.Should().Be(MailboxReturnCode.InvalidInput);
        answer.Output.Should().Equal(0, 0, 0, 0, 0);
    }

    // The recorded device has neither command, so that a program never comes this far with it.
    [Fact]
    public void PayloadsThatAreUnsafe_AreNotAllowed()
    {
        CxlMemdevIoctl.IsPayloadAllowed(MailboxOpcode.SetPartitionInfo, [.. new byte[8], 1, 0]).Should().BeFalse("a running kernel does not see partitions move");
        CxlMemdevIoctl.IsPayloadAllowed(MailboxOpcode.SetPartitionInfo, [.. new byte[8], 0, 0]).Should().BeTrue();
        CxlMemdevIoctl.IsPayloadAllowed(MailboxOpcode.ClearLog, CommandEffectsLog.Bytes).Should().BeFalse();
        CxlMemdevIoctl.IsPayloadAllowed(MailboxOpcode.ClearLog, Convert.FromHexString("5E1819D911A9400C811FD60719403D86")).Should().BeTrue("the vendor's log");
    }

    private static (uint Id, uint Flags, uint SizeIn, uint SizeOut) Info(byte[] list, uint id)
    {
        SpanReader reader = new(list.AsSpan((int)id * 16, 16));
        return (reader.U32(), reader.U32(), reader.U32(), reader.U32());
    }

    private Errno Validate(CxlSendCommand send) => _ioctl.Validate(send);

    private MailboxAnswer Send(CxlSendCommand send, byte[] input) => _session.Do("ioctl", () => _ioctl.SendAsync(send, input));
}
