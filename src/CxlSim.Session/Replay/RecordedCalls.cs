using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Makes requests of recorded calls, and keeps the files that they opened.</summary>
internal sealed class RecordedCalls(MachineSession session)
{
    private readonly KernelTree _tree = new(session);
    private readonly Dictionary<ulong, OpenedFile> _open = [];

    /// <summary>The request that was made then. What it does to a file that is not open does nothing: the trace differs from there on.</summary>
    public Request RequestOf(RecordedCall call) => call switch
    {
        RecordedOpen open => Look(call, () => Open(open)),
        RecordedFileRead read => Make(call, () => _open.TryGetValue(read.Handle, out OpenedFile? file) ? file.ReadAsync(read.Offset, read.Count) : FileBytes.Of(ReadOnlyMemory<byte>.Empty)),
        RecordedFileWrite write => Make(call, () => Write(write)),
        RecordedDirectory directory => Look(call, () => _ = directory.IsRemoved ? _tree.RemoveDirectory(Steps(directory.Path)) : _tree.MakeDirectory(Steps(directory.Path))),
        RecordedIoctl ioctl => Make(call, () => SendAsync(ioctl)),
        _ => Look(call, () => { }),
    };

    private static string[] Steps(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static ModelRequest<T> Make<T>(RecordedCall call, Func<SimTask<T>> serve) => new(call.Request, serve, _ => { }, () => { });

    private static ModelRequest<bool> Look(RecordedCall call, Action look) => Make<bool>(call, () =>
    {
        look();
        return true;
    });

    private void Open(RecordedOpen open)
    {
        if (_tree.Open(Steps(open.Path), open.Flags).File is { } file)
        {
            _open[open.Handle] = file;
        }
    }

    private SimTask<Errno> Write(RecordedFileWrite write)
    {
        if (write.Caller is not null)
        {
            session.Kernel.Tracing.Caller = new TraceTask(write.Caller, write.Process);
        }

        return _open.TryGetValue(write.Handle, out OpenedFile? file) ? file.WriteAsync(write.Offset, write.Content) : Errno.ENODEV;
    }

    private async SimTask<MailboxAnswer> SendAsync(RecordedIoctl ioctl)
    {
        BinaryLayout.TryRead(ioctl.Command, out CxlSendCommand send);
        return session.Kernel.Cxl.Bus.Find(ioctl.Memdev) is CxlMemdev memdev
            ? await new CxlMemdevIoctl(session.Kernel.Log, memdev).SendAsync(send, ioctl.Input)
            : new MailboxAnswer(Errno.ENXIO);
    }
}
