using System.IO.Pipes;
using System.Runtime.InteropServices;
using CxlSim.Fuse.Native;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>A FUSE file system that shows a tree of a live machine, from construction to <see cref="Dispose"/>. One at a time in a process: libfuse calls static functions.</summary>
public sealed unsafe class FuseMount : IDisposable
{
    private const string Options = "default_permissions,fsname=cxlsim,subtype=cxlsim,";

    /// <summary>In a namespace of its own nobody else sees it, and the command's processes may have other users.</summary>
    private const string InNamespace = Options + "allow_other,dev";

    /// <summary>Where others could look: only who mounted it does.</summary>
    private const string AmongOthers = Options + "nosuid,nodev";

    private readonly LowLevelOperations* _operations;
    private readonly nint _session;
    private readonly Thread _loop;
    private readonly TreeServer _server;
    private readonly MountKeeper? _keeper;
    private readonly AnonymousPipeServerStream _end = new(PipeDirection.In, HandleInheritability.None);

    /// <param name="machine">Who answers.</param>
    /// <param name="tree">What is shown.</param>
    /// <param name="mountPoint">An existing directory.</param>
    /// <param name="endsWithServer">Whether a <see cref="MountKeeper"/> takes the mount away when this process is killed; not needed in a namespace that ends with it.</param>
    /// <param name="whenGone">Told once nobody is served any more, also where somebody else has unmounted it.</param>
    /// <exception cref="IOException">FUSE is not to be had, or the directory cannot be mounted on.</exception>
    public FuseMount(LiveMachine machine, IFileTree tree, string mountPoint, bool endsWithServer, Action? whenGone = null)
    {
        HostSupport.Demand();
        _operations = (LowLevelOperations*)NativeMemory.AllocZeroed((nuint)sizeof(LowLevelOperations));
        *_operations = Callbacks.Table;
        try
        {
            _session = Create(endsWithServer ? AmongOthers : InNamespace);
        }
        catch (DllNotFoundException)
        {
            throw new IOException("libfuse3.so.3 is not installed (Debian: apt-get install fuse3)");
        }

        _keeper = endsWithServer ? new MountKeeper(mountPoint) : null; // before there is a mount to take away
        _server = new TreeServer(machine, tree, _session);
        Callbacks.Server = _server;
        if (_session == 0 || LibFuse.Mount(_session, mountPoint) != 0)
        {
            _keeper?.Dispose();
            _server.Dispose();
            throw new IOException(File.Exists("/dev/fuse") ? $"cannot mount on {mountPoint}: FUSE needs the right to mount, and to open /dev/fuse" : "the kernel has no FUSE: there is no /dev/fuse");
        }

        _loop = new Thread(() =>
        {
            RequestLoop.Run(_session, _end.SafePipeHandle);
            whenGone?.Invoke();
        }) { IsBackground = true, Name = "fuse" };
        _loop.Start();
    }

    public void Dispose()
    {
        _end.DisposeLocalCopyOfClientHandle(); // hangs the pipe up
        _loop.Join();
        LibFuse.Unmount(_session); // closes the connection: who still is in the mount finds nobody
        _keeper?.Dispose();
        _server.Dispose();
        LibFuse.Destroy(_session);
        _end.Dispose();
        NativeMemory.Free(_operations);
    }

    private nint Create(string options)
    {
        ReadOnlySpan<string> words = ["cxlsim", "-o", options];
        byte** values = stackalloc byte*[words.Length + 1];
        for (int i = 0; i < words.Length; i++)
        {
            values[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        }

        try
        {
            FuseArgs arguments = new() { Count = words.Length, Values = values };
            return LibFuse.New(&arguments, _operations, (nuint)sizeof(LowLevelOperations), 0);
        }
        finally
        {
            for (int i = 0; i < words.Length; i++)
            {
                Marshal.FreeCoTaskMem((nint)values[i]);
            }
        }
    }
}
