using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Platform.Reading;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>/run/cxlsim: what the shell puts first on its PATH, programs that would reach past the mount to the host's kernel, and the files that lead them to the model.</summary>
internal sealed class ControlTree(MachineSession session) : FlatTree
{
    private const int Executable = 0x1ed; // 0755
    private const int ReadOnly = 0x124; // 0444
    private const int WriteOnly = 0x80; // 0200

    /// <summary>A day at once is enough for any script, and keeps a mistyped number from wearing out the clock.</summary>
    private const double LongestSleep = 86_400;

    protected override IReadOnlyDictionary<string, TextFile> Files { get; } = new Dictionary<string, TextFile>
    {
        ["load-module"] = new(WriteOnly, () => string.Empty, value => LoadAsync(session.Kernel, Kstrto.Trim(value))),
        ["unload-module"] = new(WriteOnly, () => string.Empty, value => session.Kernel.Modules.UnloadAsync(Kstrto.Trim(value))),
        ["pass-time"] = new(WriteOnly, () => string.Empty, value => PassTimeAsync(session.Kernel, Kstrto.Trim(value))),
        ["load-kernel"] = new(WriteOnly, () => string.Empty, value => LoadKernel(session.Kernel, value)),
        ["start-kernel"] = new(WriteOnly, () => string.Empty, _ => session.KexecAsync()),
        ["kexec"] = Program("kexec"),
        ["enter"] = Program("enter"),
        ["explain"] = new(ReadOnly, () => Explain(session.Kernel.Refusals)),
        ["modules"] = new(ReadOnly, () => ModulesView.Render(session.Kernel.Modules)),
        ["available-modules"] = new(ReadOnly, () => string.Concat(session.Kernel.Modules.Available.Select(image => image.Name + "\n"))),
        ["journalctl"] = Program("journalctl"),
        ["lsmod"] = Program("lsmod"),
        ["modinfo"] = Program("modinfo"),
        ["modprobe"] = Program("modprobe"),
        ["rmmod"] = Program("rmmod"),
        ["sleep"] = Program("sleep"),
        ["udevadm"] = Program("udevadm"),
    };

    /// <summary>Why the last write that failed did; a program that gives up may have written something else after it.</summary>
    private static string Explain(KernelRefusals refusals) =>
        refusals.All.LastOrDefault(refusal => refusal.Write is not null) is { } last ? RefusalText.Render(last) : "no write was refused\n";

    /// <summary>The name, then what parameters it is given.</summary>
    private static SimTask<Errno> LoadAsync(LinuxKernel kernel, string line)
    {
        string[] words = line.Split(' ', 2);
        return kernel.Modules.LoadAsync(words[0], words.Length > 1 ? words[1] : string.Empty);
    }

    /// <summary><c>load</c> and the command line, or <c>unload</c>.</summary>
    private static SimTask<Errno> LoadKernel(LinuxKernel kernel, string line)
    {
        string[] words = Kstrto.Trim(line).Split(' ', 2);
        if (words[0] == "load")
        {
            return KexecLoader.Load(kernel, words.Length > 1 ? words[1] : string.Empty);
        }

        if (words[0] != "unload")
        {
            return Errno.EINVAL;
        }

        KexecLoader.Unload(kernel);
        return Errno.Ok;
    }

    private static async SimTask<Errno> PassTimeAsync(LinuxKernel kernel, string seconds)
    {
        if (!ScalarParser.TryDecimal(seconds, out double count) || count > LongestSleep)
        {
            return Errno.EINVAL;
        }

        SimDuration left = new SimTime(long.MaxValue) - kernel.Simulation.Now;
        if (SimDuration.Seconds((long)LongestSleep) + SimDuration.Seconds((long)count) > left)
        {
            return Errno.ERANGE; // a clock of picoseconds ends after a hundred days
        }

        await kernel.Simulation.Delay(SimDuration.Nanoseconds(count * 1e9));
        return Errno.Ok;
    }

    /// <summary>A script that lies beside this file.</summary>
    private static TextFile Program(string name)
    {
        using Stream stream = typeof(ControlTree).Assembly.GetManifestResourceStream("programs/" + name)!;
        using StreamReader reader = new(stream);
        string text = reader.ReadToEnd();
        return new TextFile(Executable, () => text);
    }
}
