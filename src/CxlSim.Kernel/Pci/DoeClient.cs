using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Exchanges data objects with a function through its DOE mailbox (<c>drivers/pci/doe.c</c>).</summary>
public sealed class DoeClient(Simulation simulation, PciDevice device, int offset)
{
    /// <summary>PCI Express Base 6.0 6.30.2: an answer takes a second at the most.</summary>
    private static readonly SimDuration Timeout = SimDuration.Seconds(1);

    /// <summary>The driver looks again after this time, then after twice that: an answer is seen soon, and a device that is dead costs few events.</summary>
    private static readonly SimDuration FirstPoll = SimDuration.Microseconds(1);
    private static readonly SimDuration LongestPoll = SimDuration.Milliseconds(1);

    private const int MaxWords = 1 << 16;

    /// <summary>Sends one object and reads the answer; null where the device refuses or does not answer in time.</summary>
    /// <param name="vendor">Vendor of the protocol.</param>
    /// <param name="type">Type of the object.</param>
    /// <param name="payload">Words after the two header words.</param>
    public async SimTask<uint[]?> ExchangeAsync(ushort vendor, byte type, uint[] payload)
    {
        Write(PciCapability.DoeWriteMailbox, vendor | ((uint)type << 16));
        Write(PciCapability.DoeWriteMailbox, (uint)payload.Length + 2);
        foreach (uint word in payload)
        {
            Write(PciCapability.DoeWriteMailbox, word);
        }

        Write(PciCapability.DoeControl, PciCapability.DoeControlGo);
        SimTime deadline = simulation.Now + Timeout;
        SimDuration poll = FirstPoll;
        while ((Read(PciCapability.DoeStatus) & PciCapability.DoeStatusReady) == 0)
        {
            if (simulation.Now > deadline || (Read(PciCapability.DoeStatus) & PciCapability.DoeStatusError) != 0)
            {
                Write(PciCapability.DoeControl, PciCapability.DoeControlAbort);
                return null;
            }

            await simulation.Delay(poll);
            poll = poll < LongestPoll ? poll * 2 : poll;
        }

        Pop();
        uint length = Pop();
        if (length < 2 || length > MaxWords)
        {
            Write(PciCapability.DoeControl, PciCapability.DoeControlAbort);
            return null;
        }

        uint[] answer = new uint[length - 2];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = Pop();
        }

        return answer;
    }

    private uint Pop()
    {
        uint word = Read(PciCapability.DoeReadMailbox);
        Write(PciCapability.DoeReadMailbox, 0);
        return word;
    }

    private uint Read(int register) => device.ReadConfig(offset + register, 4);

    private void Write(int register, uint value) => device.WriteConfig(offset + register, 4, value);
}
