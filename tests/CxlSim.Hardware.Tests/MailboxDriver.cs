using CxlSim.Engine;

namespace CxlSim.Hardware.Tests;

/// <summary>Sends mailbox commands the way a driver does.</summary>
internal sealed class MailboxDriver(Bench bench)
{
    /// <summary>The second capability of the device registers.</summary>
    private readonly int _mailbox = (int)bench.Read32(Bench.RegistersOf(0), 0x24);

    public int PayloadSize => 1 << (int)(this[0] & 31);

    public bool Busy => (this[4] & 1) != 0;

    public uint this[int offset]
    {
        get => bench.Read32(Bench.RegistersOf(0), _mailbox + offset);
        set => bench.Write32(Bench.RegistersOf(0), _mailbox + offset, value);
    }

    public void Ring(ushort opcode, byte[] input, int? length = null)
    {
        Write(input);
        ulong command = opcode | ((ulong)(length ?? input.Length) << 16);
        this[8] = (uint)(command & 0xffffffff);
        this[12] = (uint)(command >> 32);
        this[4] = 1;
    }

    /// <summary>Return code and output, once the doorbell has cleared.</summary>
    public (uint Code, byte[] Output) Send(ushort opcode, byte[] input, int? length = null)
    {
        Ring(opcode, input, length);
        bench.Simulation.RunUntilIdle();
        Busy.Should().BeFalse();
        ulong command = this[8] | ((ulong)this[12] << 32);
        return (this[0x14] & 0xffff, Read((int)((command >> 16) & 0x1fffff)));
    }

    /// <summary>Return code as soon as the doorbell has cleared; what was started goes on.</summary>
    public uint Start(ushort opcode, params byte[] input)
    {
        Ring(opcode, input);
        bench.Simulation.RunWithin(SimDuration.Milliseconds(1));
        Busy.Should().BeFalse();
        return this[0x14] & 0xffff;
    }

    public byte[] Read(int length) =>
        [.. Enumerable.Range(0, (length + 3) / 4).SelectMany(i => BitConverter.GetBytes(this[0x20 + (4 * i)])).Take(length)];

    private void Write(byte[] input)
    {
        byte[] padded = [.. input, 0, 0, 0];
        for (int i = 0; i < input.Length; i += 4)
        {
            this[0x20 + i] = BitConverter.ToUInt32(padded, i);
        }
    }
}
