using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Programs that take memory and end: the steps <c>allocate</c> and <c>free</c>.</summary>
public static class TaskMemorySteps
{
    private static readonly (string Word, PageUse Use)[] Kinds =
    [
        ("anonymous", PageUse.Anonymous), ("thp", PageUse.TransparentHuge), ("pinned", PageUse.Pinned),
        ("hugetlb-2M", PageUse.Huge2M), ("hugetlb-1G", PageUse.Huge1G), ("kernel", PageUse.Kernel),
    ];

    private static readonly (string Word, PolicyMode Mode)[] Policies =
    [
        ("default", PolicyMode.Default), ("preferred", PolicyMode.Preferred), ("preferred-many", PolicyMode.PreferredMany),
        ("bind", PolicyMode.Bind), ("interleave", PolicyMode.Interleave), ("weighted-interleave", PolicyMode.WeightedInterleave),
    ];

    public static StepAnswer Allocate(MachineSession session, AllocateStep step)
    {
        string nodes = step.Nodes.Count == 0 ? string.Empty : ":" + string.Join(',', step.Nodes.Select(node => node.ToString(CultureInfo.InvariantCulture)));
        string text = $"allocate {step.Size} {step.Kind} {step.Policy}{nodes} {step.Task}";
        PageUse use = Kinds.First(kind => kind.Word == step.Kind).Use;
        int cpuNode = step.CpuNode ?? session.Kernel.Numa.OnlineNodes.First(node => node.HasCpu).Id;
        MemoryPolicy policy = new(Policies.First(known => known.Word == step.Policy).Mode, step.Nodes, cpuNode);
        Errno error = session.Do<Errno>(text, () => session.Kernel.Tasks.Allocate(step.Task, use, step.Size, policy));
        return new(text, error, error == Errno.Ok ? Where(session, step.Task) : session.Kernel.Refusals.All[^1].Reason);
    }

    public static StepAnswer Free(MachineSession session, FreeStep step)
    {
        string where = Where(session, step.Task);
        string text = $"free {step.Task}";
        return new(text, session.Do<Errno>(text, () => session.Kernel.Tasks.Release(step.Task)), where);
    }

    /// <summary>Node by node and zone by zone.</summary>
    private static string Where(MachineSession session, string task) => session.Kernel.Tasks.Find(task) is { } holding
        ? string.Join(", ", holding.ByZone().Select(part => string.Create(CultureInfo.InvariantCulture, $"node {part.Node.Id} {part.Zone.Name} {Readable(part.Pages)}")))
        : string.Empty;

    private static string Readable(ulong pages) => pages < 1UL << 18
        ? string.Create(CultureInfo.InvariantCulture, $"{pages / 256.0:0.##} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{pages / 262144.0:0.##} GiB");
}
