using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Serves the ioctls of memdevs: carries bytes between a program's memory and the kernel model, in the order in which Linux does
/// (<c>cxl_query_cmd</c>, <c>cxl_send_cmd</c> in <c>drivers/cxl/core/mbox.c</c>).</summary>
/// <remarks>Memory is touched on the caller's thread only, never in the loop: a program's memory may be a file of the very machine.</remarks>
internal sealed class MemdevCalls(LiveMachine machine)
{
    private const int QueryHeader = 8;

    /// <param name="name">Of the memdev.</param>
    /// <param name="request">CXL_MEM_QUERY_COMMANDS or CXL_MEM_SEND_COMMAND.</param>
    /// <param name="memory">Of the program.</param>
    /// <param name="argument">Address of the request's structure.</param>
    public Errno Serve(string name, uint request, TargetMemory memory, ulong argument) =>
        request == CxlMemdevIoctl.QueryCommands ? Query(name, memory, argument) : Send(name, memory, argument);

    private Errno Query(string name, TargetMemory memory, ulong argument)
    {
        byte[] room = new byte[4];
        if (!memory.TryRead(argument, room))
        {
            return Errno.EFAULT;
        }

        uint count = BitConverter.ToUInt32(room);
        if (Look(name, "query commands", ioctl => ioctl.Query(count)) is not { } answer)
        {
            return Errno.ENXIO;
        }

        return memory.TryWrite(unchecked(argument + (count == 0 ? 0u : QueryHeader)), answer) ? Errno.Ok : Errno.EFAULT;
    }

    private Errno Send(string name, TargetMemory memory, ulong argument)
    {
        byte[] header = new byte[CxlSendCommand.SpecSize];
        if (!memory.TryRead(argument, header))
        {
            return Errno.EFAULT;
        }

        BinaryLayout.TryRead(header, out CxlSendCommand send);
        Errno error = Look(name, "check command", ioctl => new MailboxAnswer(ioctl.Validate(send)))?.Error ?? Errno.ENXIO;
        if (error != Errno.Ok)
        {
            return error;
        }

        byte[] input = new byte[send.InputSize];
        if (!memory.TryRead(send.InputPayload, input))
        {
            return Errno.EFAULT;
        }

        MailboxAnswer? answer = machine.Do(
            $"ioctl {name} send command {send.Id}",
            async kernel => Find(kernel, name) is { } ioctl ? await ioctl.SendAsync(send, input) : new MailboxAnswer(Errno.ENXIO),
            new RecordedIoctl(name, header, input));
        if (answer.Error != Errno.Ok)
        {
            return answer.Error;
        }

        send.OutputSize = (uint)answer.Output.Length;
        send.ReturnCode = (uint)answer.ReturnCode;
        return memory.TryWrite(send.OutputPayload, answer.Output) && memory.TryWrite(argument, BinaryLayout.ToBytes(send)) ? Errno.Ok : Errno.EFAULT;
    }

    /// <summary>Null where the device is gone.</summary>
    private T? Look<T>(string name, string what, Func<CxlMemdevIoctl, T> look)
        where T : class =>
        machine.Look($"ioctl {name} {what}", () => Find(machine.Session.Kernel, name) is { } ioctl ? look(ioctl) : null);

    private static CxlMemdevIoctl? Find(LinuxKernel kernel, string name) =>
        kernel.Cxl.Bus.Find(name) is CxlMemdev memdev ? new CxlMemdevIoctl(kernel.Log, memdev) : null;
}
