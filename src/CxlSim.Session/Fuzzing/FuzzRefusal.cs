using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>What a refused write may leave changed.</summary>
internal static class FuzzRefusal
{
    /// <summary>Values that tell of the call itself or of time passing, whatever the call did: counters and speeds, which a member adds before the last checks.</summary>
    private static readonly string[] Telling = ["/vmstat", "/numastat", "/access0/", "/access1/", "/meminfo", "/tracing/", "/uevent"];

    /// <summary>Writes after whose refusal something else is different, and what (fact: observed on 6.12).</summary>
    private static readonly (string Write, string Left)[] Known =
    [
        ("/dpa_size", "/dpa_"), // what the decoder held is freed first
        ("/target", "/target"), // the last member stays when the ports cannot be set up, and a sitting one loses its ports
        ("/target", "/decoder"),
        ("/target", "/region"),
        ("/commit", "/decoder"), // decoders that were committed before the one that failed are reset
        ("/commit", "/decoders_committed"),
        ("/state", "/state"), // taking a block offline moves what it can
        ("/bind", string.Empty), // a probe leaves what it did before it failed
        ("/unbind", string.Empty),
    ];

    /// <summary>All that can be seen of CXL and dax devices and of added memory blocks, and /proc/iomem.</summary>
    public static string Dump(FuzzMachine machine) => string.Concat(
        machine.Kernel.Cxl.Bus.Devices.Concat<Device>(machine.Kernel.Dax.Bus.Devices).Concat(machine.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory)).Select(device => SysfsDump.Render(device)))
        + IomemView.Render(machine.Kernel.Iomem);

    /// <summary>Lines that are gone or new and are no known exception; empty where there are none.</summary>
    public static string Changed(WriteStep write, string before, string after)
    {
        if (before == after)
        {
            return string.Empty;
        }

        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        IEnumerable<string> changes = old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line));
        return string.Join('\n', changes.Where(line => !IsKnown(write, line)));
    }

    private static bool IsKnown(WriteStep write, string line)
    {
        string attribute = write.Path[write.Path.LastIndexOf('/')..];
        return Array.Exists(Telling, part => line.Contains(part, StringComparison.Ordinal))
            || Array.Exists(Known, known => attribute.StartsWith(known.Write, StringComparison.Ordinal) && line.Contains(known.Left, StringComparison.Ordinal));
    }
}
