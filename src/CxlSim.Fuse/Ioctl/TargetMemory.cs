using CxlSim.Fuse.Native;
using Microsoft.Win32.SafeHandles;

namespace CxlSim.Fuse;

/// <summary>The memory of a process that waits for an answer. A bad address is false, as <c>copy_from_user</c> and <c>copy_to_user</c> have it.</summary>
internal sealed class TargetMemory : IDisposable
{
    private readonly SafeFileHandle _memory;

    private TargetMemory(SafeFileHandle memory) => _memory = memory;

    /// <summary>Null where the process is gone or not ours to look into. It stays that process' memory, also when its number is used again.</summary>
    public static TargetMemory? Open(int task)
    {
        try
        {
            return new TargetMemory(File.OpenHandle($"/proc/{task}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _memory.Dispose();

    public bool TryRead(ulong address, Span<byte> destination)
    {
        try
        {
            for (int done = 0; done < destination.Length;)
            {
                int count = IsUserAddress(address, destination.Length) ? RandomAccess.Read(_memory, destination[done..], (long)address + done) : 0;
                if (count == 0)
                {
                    return false;
                }

                done += count;
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <remarks>Of memory that is gone with its process nothing is written, and no error comes: .NET's own writers would try for ever.</remarks>
    public unsafe bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        fixed (byte* bytes = source)
        {
            for (int done = 0; done < source.Length;)
            {
                nint count = IsUserAddress(address, source.Length)
                    ? LibC.WriteAt(_memory.DangerousGetHandle(), bytes + done, (nuint)(source.Length - done), (long)address + done)
                    : 0;
                if (count <= 0)
                {
                    return false;
                }

                done += (int)count;
            }
        }

        return true;
    }

    /// <summary>The upper half of the addresses is the host kernel's.</summary>
    private static bool IsUserAddress(ulong address, int length) => address <= (ulong)(long.MaxValue - length);
}
