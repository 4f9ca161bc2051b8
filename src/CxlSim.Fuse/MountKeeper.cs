using System.Diagnostics;

namespace CxlSim.Fuse;

/// <summary>
/// A small process beside ours that takes our mount away when we end without having done so (SIGKILL). libfuse's own <c>auto_unmount</c> leaves a mount standing
/// whose requests are still under way when it looks; this one unmounts lazily, which the state of the mount cannot refuse.
/// </summary>
internal sealed class MountKeeper : IDisposable
{
    // End of file means that we are gone; a line, that there is nothing left to do. Signals to the whole group are for us, not for the keeper.
    private const string Script = "trap '' INT QUIT TERM HUP; read -r done || exec fusermount3 -u -q -z -- \"$1\"";

    private readonly Process _process;

    /// <exception cref="IOException">There is no shell to run it.</exception>
    public MountKeeper(string mountPoint)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Script, "cxlsim-mount", Path.GetFullPath(mountPoint)]) { RedirectStandardInput = true };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new IOException($"/bin/sh cannot be started: {failure.Message}");
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.WriteLine("unmounted");
            _process.StandardInput.Dispose();
            _process.WaitForExit();
        }
        catch (IOException)
        {
            // Somebody has killed the keeper; the mount is gone without it.
        }

        _process.Dispose();
    }
}
