using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A device's own idea of the time, in nanoseconds: 0 until software sets it, and going on from there (CXL r3.1 8.2.9.4).</summary>
public sealed class DeviceTime(Simulation simulation)
{
    private const long PicosecondsPerNanosecond = 1000;

    private ulong _set;
    private SimTime _setAt;

    public ulong Now => _set == 0 ? 0 : unchecked(_set + (ulong)((simulation.Now - _setAt).Picoseconds / PicosecondsPerNanosecond));

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetTimestamp, CommandEffects.None, 0, (_, _) => BitConverter.GetBytes(Now)),
        new(MailboxOpcode.SetTimestamp, CommandEffects.ImmediatePolicy, sizeof(ulong), (input, _) => Set(input)),
    ];

    private MailboxReply Set(byte[] input)
    {
        (_set, _setAt) = (BitConverter.ToUInt64(input), simulation.Now);
        return MailboxReturnCode.Success;
    }
}
