using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Words that a user of the debugger may want to write, of the machine as it stands: for completion.</summary>
public static class DebugNames
{
    private const string Sys = "/sys";

    /// <summary>Phases and milestones.</summary>
    public static IEnumerable<string> Places => Enum.GetNames<Phase>().Concat(Enum.GetNames<Milestone>()).Distinct();

    /// <summary>Devices by the platform file's names, and what came into being so far by the kernel's.</summary>
    public static IEnumerable<string> Objects(DebugSession session) =>
        session.Machine.Platform.Devices.Select(device => device.Id)
            .Concat(session.Records.Select(record => record.Record).OfType<ObjectCreated>().Select(created => created.Path[(created.Path.LastIndexOf('/') + 1)..]));

    /// <summary>What has registers that were written so far, as traces call it.</summary>
    public static IEnumerable<string> Units(DebugSession session) =>
        session.Machine.Platform.Devices.Select(device => device.Id)
            .Concat(session.Records.Select(record => record.Record).OfType<RegisterWritten>().Select(written => written.Unit));

    /// <summary>Devices that have memory, each with the colon that an address follows.</summary>
    public static IEnumerable<string> Memories(DebugSession session) =>
        session.Machine.Devices.SelectMany(device => session.Machine.MemdevOf(device) is { } memdev ? [device.Id, memdev.Name] : new[] { device.Id }).Select(name => name + ":");

    /// <summary>A decimal number that is typed, in each unit of sizes.</summary>
    public static IEnumerable<string> Sizes(string typed) => WithUnits(typed, ByteSize.Units.Skip(1).Select(unit => unit.Name));

    /// <summary>A decimal number at the end of what is typed, in each of some units; nothing where there is none.</summary>
    public static IEnumerable<string> WithUnits(string typed, IEnumerable<string> units)
    {
        string number = typed.TrimEnd(Letters);
        int start = number.Length;
        while (start > 0 && (char.IsAsciiDigit(number[start - 1]) || number[start - 1] == '.'))
        {
            start--;
        }

        bool isNumber = start < number.Length && !(start > 0 && char.IsAsciiLetter(number[start - 1])); // 0x10 has no unit
        return isNumber ? units.Select(unit => number + unit) : [];
    }

    /// <summary>What stands in the directory of a path that is being typed; each directory with the slash that goes on.</summary>
    /// <param name="kernel">Whose <c>/sys</c> it is.</param>
    /// <param name="typed">Below <c>/sys</c>, named or not.</param>
    public static IEnumerable<string> Paths(LinuxKernel kernel, string typed)
    {
        string directory = typed[..(typed.LastIndexOf('/') + 1)];
        if (directory is "" or "/")
        {
            return [Sys + "/"];
        }

        return kernel.Sysfs.Find(directory) is { Attribute: null } node
            ? node.Names().Select(name => node.Child(name) is { Attribute: not null } ? directory + name : $"{directory}{name}/")
            : [];
    }

    private static readonly char[] Letters = [.. "KMGTPiBnums"];
}
