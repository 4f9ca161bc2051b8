using System.Collections.Concurrent;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Answers what the host's kernel asks of the mount. Every question becomes a request to the machine, so that what is read is a state that the model really had.</summary>
/// <remarks>
/// libfuse's thread takes requests in and never waits: answers are given by whoever runs the loop. Writes to the kernel model go one by one through
/// a thread of their own, because after each the host must be told to forget what changed, and may only then hear of its success.
/// </remarks>
internal sealed unsafe class TreeServer : IDisposable
{
    /// <summary>FUSE_SET_ATTR_MODE, _UID, _GID: nobody changes these; a size or a time that is set is taken and changes nothing.</summary>
    private const int OwnerMask = 7;

    /// <summary>Files belong to whoever mounts them: what root may do to a machine he may do to this one.</summary>
    private static readonly uint Owner = LibC.User();

    private static readonly uint OwnersGroup = LibC.Group();
    private const int SeekData = 3;

    /// <summary>What stands before the names of a directory: itself and its parent.</summary>
    private const int DotEntries = 2;

    /// <summary>FUSE_UNKNOWN_INO: a name has its number once somebody looks it up.</summary>
    private const ulong UnknownInode = 0xffff_ffff;

    private readonly LiveMachine _machine;
    private readonly IFileTree _tree;
    private readonly NodeTable _nodes = new();
    private readonly ConcurrentDictionary<ulong, OpenedFile> _open = new();
    private readonly ConcurrentDictionary<ulong, PendingRead> _waiting = new();
    private readonly TreeWriter _writer;
    private readonly PollWaiters _waiters = new();
    private ulong _lastHandle;
    private ulong _lastWait;

    /// <summary>Room of a store that is answered, for the next one of its size: a program that fills memory stores gigabytes.</summary>
    private byte[]? _spare;

    public TreeServer(LiveMachine machine, IFileTree tree, nint session)
    {
        _machine = machine;
        _tree = tree;
        _writer = new TreeWriter(machine, tree, _nodes, session);
        _machine.Served += TellWaiters;
        _machine.TimePassed += TellWaiters;
        Current = this;
    }

    /// <summary>For the interrupt function, which has no other way to it.</summary>
    private static TreeServer? Current { get; set; }

    public void Dispose()
    {
        _machine.Served -= TellWaiters;
        _machine.TimePassed -= TellWaiters;
        _writer.Dispose();
    }

    public void Lookup(nint request, ulong parentId, string name)
    {
        if (_nodes.Find(parentId) is not { } parent)
        {
            LibFuse.ReplyError(request, (int)Errno.ENOENT);
            return;
        }

        Serve(request, "lookup", name, () => ReplyEntry(request, parent, name));
    }

    public void MakeDirectory(nint request, ulong parentId, string name) => Reply(request, parentId, parent => Serve(request, new RecordedDirectory(PathOf([.. parent.Steps, name]), IsRemoved: false), "mkdir", name, () =>
    {
        Errno error = _tree.MakeDirectory([.. parent.Steps, name]);
        if (error != Errno.Ok)
        {
            LibFuse.ReplyError(request, (int)error);
            return;
        }

        ReplyEntry(request, parent, name);
    }));

    public void RemoveDirectory(nint request, ulong parentId, string name) => Reply(
        request, parentId, parent => Serve(request, new RecordedDirectory(PathOf([.. parent.Steps, name]), IsRemoved: true), "rmdir", name, () => LibFuse.ReplyError(request, (int)_tree.RemoveDirectory([.. parent.Steps, name]))));

    public void Forget(nint request, ulong inode, ulong lookups)
    {
        _nodes.Forget(inode, lookups);
        LibFuse.ReplyNone(request);
    }

    public void GetAttributes(nint request, ulong inode) => Reply(request, inode, node =>
    {
        Stat attributes = Attributes(node);
        LibFuse.ReplyAttributes(request, &attributes, Forever);
    });

    public void SetAttributes(nint request, ulong inode, int mask)
    {
        if ((mask & OwnerMask) != 0)
        {
            LibFuse.ReplyError(request, (int)Errno.EPERM);
            return;
        }

        GetAttributes(request, inode);
    }

    public void ReadLink(nint request, ulong inode) => Reply(request, inode, node => LibFuse.ReplyLink(request, node.Entry.Target ?? string.Empty));

    public void Open(nint request, ulong inode, FuseFileInfo info) => Reply(request, inode, node =>
    {
        ulong handle = Interlocked.Increment(ref _lastHandle);
        if (node.Entry.IsBehindMappings)
        {
            _writer.AfterStores(() => Open(request, node, info, handle));
        }
        else
        {
            Open(request, node, info, handle);
        }
    });

    private void Open(nint request, Node node, FuseFileInfo info, ulong handle) => Serve(request, new RecordedOpen(PathOf(node.Steps), info.OpenFlags, handle), "open", node.Name, () =>
    {
        OpenResult opened = _tree.Open(node.Steps, info.OpenFlags);
        if (opened.File is not { } file)
        {
            LibFuse.ReplyError(request, (int)opened.Error);
            return;
        }

        FuseFileInfo answer = info;
        answer.Handle = handle;
        answer.Bits |= file.IsMemory ? 0 : FuseFileInfo.DirectIo;
        _open[answer.Handle] = file;
        node.OpenMemory += file.IsMemory ? 1 : 0;
        if (LibFuse.ReplyOpen(request, &answer) != 0)
        {
            Close(node, answer.Handle);
        }
    });

    public void Read(nint request, ulong handle, int count, long offset)
    {
        OpenedFile file = _open[handle];
        ulong wait = Interlocked.Increment(ref _lastWait); // a request's address is another's as soon as it is answered
        PendingRead reader = new();
        if (file.IsStream)
        {
            _waiting[wait] = reader;
            LibFuse.OnInterrupt(request, &Interrupted, (void*)wait);
        }

        _machine.Post(new ModelRequest<FileBytes>("read", () => file.ReadAsync(offset, count, () => reader.IsInterrupted), Answer, Abandon) { Recorded = new RecordedFileRead(handle, offset, count) });

        // One that was interrupted is answered already.
        bool IsOpen() => !file.IsStream || _waiting.TryRemove(wait, out _);

        void Abandon()
        {
            if (IsOpen())
            {
                Fail(request);
            }
        }

        void Answer(FileBytes bytes)
        {
            if (!IsOpen())
            {
                return;
            }

            if (bytes.Error != Errno.Ok)
            {
                LibFuse.ReplyError(request, (int)bytes.Error);
                return;
            }

            fixed (byte* first = bytes.Bytes.Span)
            {
                LibFuse.ReplyBytes(request, first, (nuint)bytes.Bytes.Length);
            }
        }
    }

    public void Write(nint request, ulong handle, ReadOnlySpan<byte> written, long offset)
    {
        OpenedFile file = _open[handle];
        if (!file.IsMemory)
        {
            _writer.Post(new PendingWrite(request, handle, file, written.ToArray(), offset, CallingTask.Of(request)));
            return;
        }

        byte[] bytes = Interlocked.Exchange(ref _spare, null) is { } spare && spare.Length == written.Length ? spare : new byte[written.Length];
        written.CopyTo(bytes);

        // Not through the writer: it may be waiting for just these pages to be written back.
        _machine.Post(new ModelRequest<Errno>("store", () => file.WriteAsync(offset, bytes), Answer, () => Fail(request))
        {
            Recorded = _machine.IsRecorded ? RecordedFileWrite.Of(handle, offset, bytes, caller: null) : null,
        });

        void Answer(Errno error)
        {
            _spare = bytes;
            PendingWrite.Reply(request, bytes.Length, error);
        }
    }

    /// <summary>Only memory is closed in the loop, which counts its opens; nobody waits for the others.</summary>
    public void Release(nint request, ulong inode, ulong handle)
    {
        if (_open.TryGetValue(handle, out OpenedFile? file) && file.IsMemory && _nodes.Find(inode) is { } node)
        {
            Serve(request, "close", node.Name, () =>
            {
                Close(node, handle);
                LibFuse.ReplyError(request, 0);
            });
            return;
        }

        _open.TryRemove(handle, out _);
        LibFuse.ReplyError(request, 0);
    }

    public void ReadDirectory(nint request, ulong inode, int size, long offset) => Reply(request, inode, node => Serve(request, "list", string.Join('/', node.Steps), () =>
    {
        if (_tree.List(node.Steps) is not { } names)
        {
            LibFuse.ReplyError(request, (int)Errno.ENOENT); // it was one when it was opened
            return;
        }

        string[] listed = [.. names];
        node.Tell(listed);
        byte[] buffer = new byte[size];
        int used = 0;
        fixed (byte* first = buffer)
        {
            long position = 0;
            foreach (string name in (string[])[".", "..", .. listed])
            {
                if (position++ < offset)
                {
                    continue;
                }

                TreeEntryKind? kind = position <= DotEntries ? TreeEntryKind.Directory : _tree.Find([.. node.Steps, name])?.Kind;
                Stat stat = new() { Inode = position == 1 ? node.Id : UnknownInode, Mode = (uint)(kind ?? 0) };
                int length = (int)LibFuse.AddDirectoryEntry(request, first + used, (nuint)(size - used), name, &stat, position);
                if (length > size - used)
                {
                    break;
                }

                used += length;
            }

            LibFuse.ReplyBytes(request, first, (nuint)used);
        }
    }));

    public void Seek(nint request, ulong handle, long offset, int whence) => Serve(request, "seek", string.Empty, () =>
    {
        (Errno error, long found) = _open[handle].Seek(offset, whence == SeekData);
        if (error != Errno.Ok)
        {
            LibFuse.ReplyError(request, (int)error);
            return;
        }

        LibFuse.ReplySeek(request, found);
    });

    public void Poll(nint request, ulong handle, nint poll) => Serve(request, "poll", string.Empty, () => _waiters.Answer(request, handle, _open[handle], poll));

    private void TellWaiters() => _waiters.Tell(_open.ContainsKey);

    /// <summary>Until the writer says otherwise.</summary>
    private static double Forever => 1e9;

    private static Stat Attributes(Node node) => new()
    {
        Inode = node.Id,
        Mode = (uint)node.Entry.Mode | (uint)node.Entry.Kind,
        User = Owner,
        Group = OwnersGroup,
        Links = node.Entry.Kind == TreeEntryKind.Directory ? 2u : 1u,
        Size = node.Entry.Size,
        SpecialDevice = Native.Stat.DeviceNumber(node.Entry.Device.Major, node.Entry.Device.Minor),
    };

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static void Interrupted(nint request, void* data)
    {
        if (Current!._waiting.TryRemove((ulong)data, out PendingRead? reader))
        {
            reader.IsInterrupted = true;
            LibFuse.ReplyError(request, (int)Errno.EINTR);
        }
    }

    private void ReplyEntry(nint request, Node parent, string name)
    {
        if (_tree.Find([.. parent.Steps, name]) is not { } entry)
        {
            LibFuse.ReplyError(request, (int)Errno.ENOENT);
            return;
        }

        Node node = _nodes.Enter(parent, name, entry);
        EntryParameters parameters = new()
        {
            Inode = node.Id,
            Attributes = Attributes(node),
            AttributesTimeout = Forever,
            EntryTimeout = Forever,
        };
        if (LibFuse.ReplyEntry(request, &parameters) != 0)
        {
            _nodes.Forget(node.Id, 1); // whoever asked is gone, and the kernel did not learn of it
        }
    }

    private void Close(Node node, ulong handle)
    {
        if (_open.TryRemove(handle, out OpenedFile? file) && file.IsMemory)
        {
            node.OpenMemory--;
        }
    }

    private void Reply(nint request, ulong inode, Action<Node> reply)
    {
        if (_nodes.Find(inode) is { } node)
        {
            reply(node);
            return;
        }

        LibFuse.ReplyError(request, (int)Errno.ENOENT);
    }

    private static string PathOf(string[] steps) => "/" + string.Join('/', steps);

    /// <summary>Has something done in the loop that changes nothing.</summary>
    private void Serve(nint request, string verb, string name, Action serve) => Serve(request, null, verb, name, serve);

    /// <summary>Has something done in the loop.</summary>
    private void Serve(nint request, RecordedCall? recorded, string verb, string name, Action serve) => _machine.Post(new ModelRequest<bool>(
        $"{verb} {name}",
        () =>
        {
            serve();
            return true;
        },
        _ => { },
        () => Fail(request)) { Recorded = recorded });

    private static void Fail(nint request) => LibFuse.ReplyError(request, (int)Errno.EIO);
}
