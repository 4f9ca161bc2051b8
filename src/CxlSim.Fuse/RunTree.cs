using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Fuse;

/// <summary>What the shell puts first on its PATH: programs that would reach past the mount to the host's kernel, led back to the model.</summary>
internal sealed class RunTree(LinuxKernel kernel) : FlatTree
{
    private const int Executable = 0x1ed; // 0755
    private const int ReadOnly = 0x124; // 0444
    private const int WriteOnly = 0x80; // 0200

    protected override IReadOnlyDictionary<string, TextFile> Files { get; } = new Dictionary<string, TextFile>
    {
        ["log"] = new(ReadOnly, () => DmesgView.Render(kernel.Log)),
        ["load-module"] = new(WriteOnly, () => string.Empty, value => kernel.Modules.LoadAsync(Kstrto.Trim(value))),
        ["dmesg"] = new(Executable, () => Script("exec cat \"$(dirname \"$0\")/log\"")),
        ["modprobe"] = new(Executable, () => Script(
            "for module; do case $module in -*) ;; *) name=$module ;; esac; done",
            "printf %s \"$(printf %s \"$name\" | tr - _)\" 2> /dev/null > \"$(dirname \"$0\")/load-module\" && exit 0",
            "echo \"modprobe: FATAL: Module $name not found.\" >&2; exit 1")),
        ["udevadm"] = new(Executable, () => Script("exit 0")),
    };

    private static string Script(params ReadOnlySpan<string> lines) => "#!/bin/sh\n" + string.Join('\n', lines) + "\n";
}
