using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel;

/// <summary>Loads a kernel that can take this one's place (<c>kernel/kexec_file.c</c>, <c>arch/x86/kernel/kexec-bzimage64.c</c>). There is one kernel model, so only its command line differs.</summary>
public static class KexecLoader
{
    /// <summary>COMMAND_LINE_SIZE of x86, which counts the zero at the end.</summary>
    private const int LongestCommandLine = 2048 - 1;

    public static Errno Load(LinuxKernel kernel, string commandLine)
    {
        if (commandLine.Length >= LongestCommandLine)
        {
            kernel.Log.Error("kexec-bzImage64: Kernel command line too long");
            return Errno.EINVAL;
        }

        kernel.Sysfs.Kernel.NextKernel = kernel.Handoff with
        {
            CommandLine = commandLine,
            EfiMemoryMap = RuntimeMap(kernel.Handoff),
            MemoryMap = [.. kernel.FirmwareMap.Select(entry => (entry.Range, (uint)entry.Type))],
        };
        return Errno.Ok;
    }

    public static void Unload(LinuxKernel kernel) => kernel.Sysfs.Kernel.NextKernel = null;

    /// <summary>Of firmware's map only the parts that firmware needs at run time are handed on (<c>efi_runtime_map_copy</c>).</summary>
    private static byte[] RuntimeMap(BootHandoff handoff)
    {
        ByteWriter map = new();
        ReadOnlySpan<byte> bytes = handoff.EfiMemoryMap.Span;
        for (int offset = 0; offset + handoff.DescriptorSize <= bytes.Length; offset += handoff.DescriptorSize)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(offset, handoff.DescriptorSize);
            if (BinaryLayout.TryRead(entry, out EfiMemoryDescriptor descriptor) && (descriptor.Attribute & (ulong)EfiMemoryAttributes.Runtime) != 0)
            {
                map.Bytes(entry);
            }
        }

        return map.ToArray();
    }
}
