using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Does what chmem does, block by block (util-linux, sys-utils/chmem.c). Old versions, such as 2.38, do not say which blocks of a size were refused.</summary>
internal sealed class ChmemTool(MachineSession session)
{
    private const string Tool = "chmem";
    private const string Memory = "/sys/devices/system/memory/";

    private readonly ToolSysfs _sysfs = new(session);
    private Errno _first;

    private enum Answer
    {
        Done,
        Already,
        WrongZone,
        Refused,
    }

    /// <summary>The call as it would be typed, the first error that there was where not everything was done, and what the tool says.</summary>
    public StepAnswer Run(ChmemStep step)
    {
        ByteSize block = new(Convert.ToUInt64(_sysfs.Read(Memory + "block_size_bytes"), 16));
        (ulong done, ulong wanted) = step switch
        {
            { Size: { } size } => size.IsMultipleOf(block) ? ChangeSize(step, size / block, block) : Misfit($"Size must be aligned to memory block size ({Short(block)})", block),
            { Range: { } range } => new ByteSize(range.Start.Value).IsMultipleOf(block) && range.Size.IsMultipleOf(block)
                ? ChangeBlocks(step, range.Start.Value / block.Bytes, range.Last.Value / block.Bytes, block)
                : Misfit($"Start address and (end address + 1) must be aligned to memory block size ({Short(block)})", block),
            { Blocks: var (first, last) } => ChangeBlocks(step, first, last, block),
            _ => throw new SimulatorBugException("a step with a size, a range or blocks"),
        };
        int status = done == wanted ? 0 : done == 0 ? 1 : 64;
        _sysfs.Say(string.Create(CultureInfo.InvariantCulture, $"{Verb(step)}d {Short(block * done)}{(status == 0 ? "" : $" (exit {status})")}"));
        return new(ChmemText.Of(step), status == 0 ? Errno.Ok : _first, string.Join("; ", _sysfs.Messages), _sysfs.Refusal);
    }

    private static string Short(ByteSize size) => MemorySizeText.Of(size.Bytes);

    /// <summary>The tool ends before it does anything.</summary>
    private (ulong Done, ulong Wanted) Misfit(string reason, ByteSize block)
    {
        Refuse(RefusalRules.ChmemUnit, Errno.EINVAL, reason, $"use multiples of {block}");
        return (0, 1);
    }

    /// <summary>Upwards to enable and downwards to disable, until there is enough. What has the state already does not count, another zone is passed over.</summary>
    private (ulong Done, ulong Wanted) ChangeSize(ChmemStep step, ulong wanted, ByteSize block)
    {
        ulong left = wanted;
        ulong[] known = [.. Known()];
        foreach (ulong number in step.IsOnline ? known : known.Reverse())
        {
            if (left == 0)
            {
                break;
            }

            left -= Change(step, number, block) == Answer.Done ? 1UL : 0;
        }

        if (left > 0)
        {
            Refuse(RefusalRules.ChmemShort, Errno.ENOENT, $"Could only {Verb(step)} {Short(block * (wanted - left))} of memory", $"{Verb(step)} no more than {block * (wanted - left)}");
        }

        return (wanted - left, wanted);
    }

    /// <summary>Those that are there. What has the state already counts as done; another zone is said.</summary>
    private (ulong Done, ulong Wanted) ChangeBlocks(ChmemStep step, ulong first, ulong last, ByteSize block)
    {
        ulong done = 0;
        ulong there = 0;
        foreach (ulong number in Known().Where(number => number >= first && number <= last).ToArray())
        {
            Answer answer = Change(step, number, block);
            there++;
            done += answer is Answer.Done or Answer.Already ? 1UL : 0;
            if (answer == Answer.WrongZone)
            {
                string zones = _sysfs.Read($"{Memory}memory{number}/valid_zones");
                Refuse(RefusalRules.ChmemZone, Errno.EINVAL, $"{Name(number, block)} {Verb(step)} failed: Zone mismatch", $"leave the zone out, or take one of: {zones}");
            }
        }

        ulong wanted = last - first + 1;
        if (there < wanted && _first == Errno.Ok)
        {
            // Of blocks that do not exist the tool itself says nothing but its exit status.
            Refuse(RefusalRules.ChmemShort, Errno.ENOENT, $"{wanted - there} of {wanted} blocks are not there", "name blocks that /sys/devices/system/memory has");
        }

        return (done, wanted);
    }

    private Answer Change(ChmemStep step, ulong number, ByteSize block)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{Memory}memory{number}");
        if (_sysfs.Read(path + "/state").StartsWith(step.IsOnline ? "online" : "offline", StringComparison.Ordinal))
        {
            return Answer.Already;
        }

        string zones = _sysfs.Read(path + "/valid_zones");
        bool isOfZone = step.Zone is not { } zone || (step.IsOnline ? zones.Contains(zone, StringComparison.OrdinalIgnoreCase) : zones.StartsWith(zone, StringComparison.OrdinalIgnoreCase));
        if (!isOfZone)
        {
            return Answer.WrongZone;
        }

        Errno error = _sysfs.Write(path + "/state", step.IsOnline ? Word(step.Zone, zones) : "offline");
        if (error == Errno.Ok)
        {
            return Answer.Done;
        }

        _sysfs.Say($"{Tool}: {Name(number, block)} {Verb(step)} failed: {ToolErrors.Text(error)}");
        _first = _first == Errno.Ok ? error : _first;
        return Answer.Refused;
    }

    /// <summary>Left to itself the tool takes Movable where that can be.</summary>
    private static string Word(string? zone, string zones) => zone switch
    {
        "Movable" => "online_movable",
        null => zones.Contains("Movable", StringComparison.Ordinal) ? "online_movable" : "online",
        _ => "online_kernel",
    };

    private static string Verb(ChmemStep step) => step.IsOnline ? "enable" : "disable";

    private static string Name(ulong number, ByteSize block)
    {
        ulong start = number * block.Bytes;
        return string.Create(CultureInfo.InvariantCulture, $"Memory Block {number} (0x{start:x16}-0x{start + block.Bytes - 1:x16})");
    }

    private void Refuse(KernelRule rule, Errno error, string reason, string nearest)
    {
        Errno refused = _sysfs.Refuse(rule, error, Tool, reason, nearest);
        _first = _first == Errno.Ok ? refused : _first;
    }

    private IEnumerable<ulong> Known() => (session.Kernel.Sysfs.Find(Memory.TrimEnd('/'))?.Names() ?? [])
        .Where(name => name.StartsWith("memory", StringComparison.Ordinal) && name.Length > 6 && name.AsSpan(6).IndexOfAnyExceptInRange('0', '9') < 0)
        .Select(name => ulong.Parse(name.AsSpan(6), CultureInfo.InvariantCulture))
        .Order();
}
