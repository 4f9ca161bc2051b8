using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>A FUSE file system that shows a <see cref="KernelTree"/>. One at a time in a process: libfuse calls static functions.</summary>
/// <remarks>Every call becomes a request to the loop, so that what is read is a state that the model really had. Nothing is cached:
/// attribute files are opened with direct I/O and all time-outs are zero.</remarks>
public sealed unsafe class FuseMount : IDisposable
{
    private const string Options = "allow_other,default_permissions,dev,attr_timeout=0,entry_timeout=0,negative_timeout=0,fsname=cxlsim,subtype=cxlsim";
    private static FuseMount? _current;

    private readonly LiveMachine _machine;
    private readonly FuseOperations* _operations;
    private readonly nint _fuse;
    private readonly Thread _loop;
    private readonly Dictionary<ulong, byte[]> _open = [];
    private ulong _nextHandle;

    /// <param name="machine">What is shown.</param>
    /// <param name="mountPoint">An empty directory.</param>
    /// <exception cref="IOException">FUSE is not to be had, or the directory cannot be mounted on.</exception>
    public FuseMount(LiveMachine machine, string mountPoint)
    {
        _machine = machine;
        _current = this;
        _operations = (FuseOperations*)NativeMemory.AllocZeroed((nuint)sizeof(FuseOperations));
        _operations->GetAttributes = &GetAttributes;
        _operations->ReadLink = &ReadLink;
        _operations->Truncate = &Truncate;
        _operations->Open = &Open;
        _operations->Read = &Read;
        _operations->Write = &Write;
        _operations->Release = &Release;
        _operations->ReadDirectory = &ReadDirectory;
        _fuse = Create();
        if (_fuse == 0 || LibFuse.Mount(_fuse, mountPoint) != 0)
        {
            throw new IOException($"cannot mount on {mountPoint}: FUSE needs /dev/fuse and the right to mount");
        }

        _loop = new Thread(() => LibFuse.Loop(_fuse, 0)) { IsBackground = true, Name = "fuse" };
        _loop.Start();
    }

    public void Dispose()
    {
        LibFuse.Exit(_fuse);
        LibFuse.Unmount(_fuse); // wakes the loop up
        _loop.Join();
        LibFuse.Destroy(_fuse);
        NativeMemory.Free(_operations);
        _current = null;
    }

    private nint Create()
    {
        ReadOnlySpan<string> words = ["cxlsim", "-o", Options];
        byte** values = stackalloc byte*[words.Length + 1];
        for (int i = 0; i < words.Length; i++)
        {
            values[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        FuseArgs arguments = new() { Count = words.Length, Values = values };
        nint fuse = LibFuse.New(&arguments, _operations, (nuint)sizeof(FuseOperations), 0);
        for (int i = 0; i < words.Length; i++)
        {
            Marshal.FreeCoTaskMem((nint)values[i]);
        }

        return fuse;
    }

    [UnmanagedCallersOnly]
    private static int GetAttributes(byte* path, Stat* stat, FuseFileInfo* file)
    {
        string name = Text(path);
        if (_current!._machine.Look("stat " + name, kernel => new KernelTree(kernel).Find(name)) is not { } entry)
        {
            return -(int)Errno.ENOENT;
        }

        *stat = new Stat
        {
            Mode = (uint)entry.Mode | (uint)entry.Kind,
            Links = entry.Kind == TreeEntryKind.Directory ? 2u : 1u,
            Size = entry.Size,
            SpecialDevice = DeviceNumber(entry.Device),
        };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int ReadLink(byte* path, byte* buffer, nuint size)
    {
        string name = Text(path);
        if (_current!._machine.Look("readlink " + name, kernel => new KernelTree(kernel).Find(name)) is not { Target: { } target })
        {
            return -(int)Errno.EINVAL;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(target);
        int length = Math.Min(bytes.Length, (int)size - 1);
        bytes.AsSpan(0, length).CopyTo(new Span<byte>(buffer, length));
        buffer[length] = 0;
        return 0;
    }

    /// <summary>Shells truncate before they write; an attribute has nothing to truncate.</summary>
    [UnmanagedCallersOnly]
    private static int Truncate(byte* path, long size, FuseFileInfo* file) => 0;

    /// <summary>What is read is fixed at the first read of an open file, as sysfs does it.</summary>
    [UnmanagedCallersOnly]
    private static int Open(byte* path, FuseFileInfo* file)
    {
        file->Bits |= FuseFileInfo.DirectIo;
        lock (_current!._open)
        {
            file->Handle = ++_current._nextHandle;
        }

        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Read(byte* path, byte* buffer, nuint size, long offset, FuseFileInfo* file)
    {
        byte[]? content;
        lock (_current!._open)
        {
            _current._open.TryGetValue(file->Handle, out content);
        }

        if (content is null || offset == 0)
        {
            string name = Text(path);
            (Errno error, content) = _current._machine.Look("read " + name, kernel => new KernelTree(kernel).Read(name));
            if (error != Errno.Ok)
            {
                return -(int)error;
            }

            lock (_current._open)
            {
                _current._open[file->Handle] = content;
            }
        }

        int length = (int)Math.Clamp(content.Length - offset, 0, (long)size);
        content.AsSpan((int)Math.Min(offset, content.Length), length).CopyTo(new Span<byte>(buffer, length));
        return length;
    }

    [UnmanagedCallersOnly]
    private static int Write(byte* path, byte* buffer, nuint size, long offset, FuseFileInfo* file)
    {
        string name = Text(path);
        string value = Encoding.Latin1.GetString(new ReadOnlySpan<byte>(buffer, (int)size));
        Errno error = _current!._machine.Do("write " + name, kernel => new KernelTree(kernel).WriteAsync(name, value));
        return error == Errno.Ok ? (int)size : -(int)error;
    }

    [UnmanagedCallersOnly]
    private static int Release(byte* path, FuseFileInfo* file)
    {
        lock (_current!._open)
        {
            _current._open.Remove(file->Handle);
        }

        return 0;
    }

    [UnmanagedCallersOnly]
    private static int ReadDirectory(
        byte* path, void* buffer, delegate* unmanaged<void*, byte*, Stat*, long, int, int> fill, long offset, FuseFileInfo* file, int flags)
    {
        string name = Text(path);
        if (_current!._machine.Look("list " + name, kernel => new KernelTree(kernel).List(name)) is not { } names)
        {
            return -(int)Errno.ENOTDIR;
        }

        Fill(buffer, fill, ".");
        Fill(buffer, fill, "..");
        foreach (string entry in names)
        {
            Fill(buffer, fill, entry);
        }

        return 0;
    }

    private static void Fill(void* buffer, delegate* unmanaged<void*, byte*, Stat*, long, int, int> fill, string name)
    {
        Span<byte> text = stackalloc byte[256];
        int length = Encoding.UTF8.GetBytes(name, text);
        text[length] = 0;
        fill(buffer, (byte*)Unsafe.AsPointer(ref text[0]), null, 0, 0);
    }

    private static string Text(byte* path) => Marshal.PtrToStringUTF8((nint)path)!;

    /// <summary>As glibc's <c>makedev</c> packs it.</summary>
    private static ulong DeviceNumber((int Major, int Minor) device)
    {
        ulong major = (ulong)device.Major;
        ulong minor = (ulong)device.Minor;
        return ((major & 0xfff) << 8) | (minor & 0xff) | ((minor & ~0xffUL) << 12) | ((major & ~0xfffUL) << 32);
    }
}
