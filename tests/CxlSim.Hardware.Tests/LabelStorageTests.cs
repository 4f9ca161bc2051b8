namespace CxlSim.Hardware.Tests;

/// <summary>The label storage area through the mailbox (CXL r3.1 8.2.9.9.2.3, 8.2.9.9.2.4), as large as emulators like to have it.</summary>
public sealed class LabelStorageTests
{
    private const ushort Get = 0x4102;
    private const ushort Set = 0x4103;
    private const uint InvalidInput = 2;
    private const uint Size = 256 << 20;

    private readonly MailboxDriver _mailbox = new(Devices.With("persistent: 256MiB, label_storage: 256MiB"));

    [Fact]
    public void WhatIsStored_ReadsBack_AndTheRestIsZero()
    {
        _mailbox.Send(Set, [.. BitConverter.GetBytes(Size - 4), 0, 0, 0, 0, 1, 2, 3, 4]).Code.Should().Be(0);

        _mailbox.Send(Get, [.. BitConverter.GetBytes(Size - 8), 8, 0, 0, 0]).Output.Should().Equal(0, 0, 0, 0, 1, 2, 3, 4);
        _mailbox.Send(Get, [.. BitConverter.GetBytes(0), 4, 0, 0, 0]).Output.Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public void PastTheEnd_NothingIs()
    {
        _mailbox.Send(Set, [.. BitConverter.GetBytes(Size - 3), 0, 0, 0, 0, 1, 2, 3, 4]).Code.Should().Be(InvalidInput);
        _mailbox.Send(Get, [.. BitConverter.GetBytes(Size - 7), 8, 0, 0, 0]).Code.Should().Be(InvalidInput);
        _mailbox.Send(Get, [.. BitConverter.GetBytes(uint.MaxValue), 8, 0, 0, 0]).Code.Should().Be(InvalidInput);
    }
}
