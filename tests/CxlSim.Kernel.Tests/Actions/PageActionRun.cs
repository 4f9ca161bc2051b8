using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A machine of DRAM and CXL memory, and what was done to its pages.</summary>
internal sealed class PageActionRun(MachineSession session, SimRandom random)
{
    private const string Memory = "/sys/devices/system/memory/";
    private static readonly PageUse[] Uses = [PageUse.Anonymous, PageUse.TransparentHuge, PageUse.Pinned, PageUse.Huge2M, PageUse.Huge1G, PageUse.Kernel];
    private static readonly string[] States = ["online", "online_kernel", "online_movable"];

    /// <summary>One line for each action, with its answer.</summary>
    public List<string> Lines { get; } = [];

    private MemoryBlock[] Blocks => [.. session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory)];

    /// <summary>Does one thing; says what it broke in doing so, or null.</summary>
    public string? Act()
    {
        PageVerb verb = Choose(Enum.GetValues<PageVerb>());
        string task = $"task{random.Next(6)}";
        string before = Held();
        switch (verb)
        {
            case PageVerb.Allocate:
                PageUse use = Choose(Uses);
                ulong pages = 1 + random.Next(1UL << (int)(1 + random.Next(19)));
                MemoryPolicy policy = PageMachine.Policy(random.Next(3) == 0 ? PolicyMode.Default : random.Next(2) == 0 ? PolicyMode.Bind : PolicyMode.Preferred, (int)random.Next(2));
                Say($"{verb} {task} {use} {pages} {policy.Mode}", session.Take(pages, policy, use, task));
                break;
            case PageVerb.Free:
                Say($"{verb} {task}", session.End(task));
                break;
            case PageVerb.ResizeHugePages:
                string node = random.Next(2) == 0 ? "/sys/kernel/mm/" : $"/sys/devices/system/node/node{random.Next(2)}/";
                Write($"{node}hugepages/hugepages-{(random.Next(4) == 0 ? "1048576" : "2048")}kB/nr_hugepages", Text(random.Next(200)));
                break;
            case PageVerb.ToggleDemotion:
                Write("/sys/kernel/mm/numa/demotion_enabled", Text(random.Next(2)));
                break;
            case PageVerb.SoftOffline when Choose(session.Kernel.Memory.Blocks.Where(block => block.Zone is not null).ToArray()) is { } block:
                Write(Memory + "soft_offline_page", $"0x{block.Range.Start.Value + (random.Next(random.Next(2) == 0 ? 600 : block.Pages) << 12):x}");
                return Kept(verb, before);
            case PageVerb.OnlineBlock:
                Write($"{Memory}{Choose(Blocks).Name}/state", Choose(States));
                return Kept(verb, before);
            case PageVerb.OfflineBlock:
                Write($"{Memory}{Choose(Blocks).Name}/state", "offline");
                return Kept(verb, before);
        }

        return null;
    }

    /// <summary>Nobody loses pages when they move. Pools give up free huge pages where a block goes offline; programs give up none.</summary>
    private string? Kept(PageVerb verb, string before) => Held() is var after && after != before ? $"{verb}: programs had {before}, and have {after}" : null;

    private string Held() => string.Join(", ", Enumerable.Range(0, 6).Select(number => Text(session.Kernel.Tasks.Find($"task{number}")?.Pages ?? 0)));

    private void Write(string path, string value) => Say($"{path} < {value}", session.Write(path, value));

    private void Say(string action, Errno error) => Lines.Add($"{action}: {error}");

    private T Choose<T>(T[] from) => from[random.Next((ulong)from.Length)];

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
