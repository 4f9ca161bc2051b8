using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The table of docs/HOTPLUG.md: every combination of choices boots, and becomes what the table says.</summary>
public sealed class CapacityMatrixTests
{
    private const string Header = "| SP | SOFT_RESERVE | efi | KMEM | build | memhp_default_state | movable_node | memmap | becomes |";
    private const ulong Window = 0x8_0000_0000;
    private static readonly string[] Truth = ["n", "y"];
    private static readonly string[] States = ["-", "offline", "online", "online_kernel", "online_movable"];

    public static TheoryData<string, string> Firmware() => new()
    {
        { "n", "n" }, { "n", "y" }, { "y", "n" }, { "y", "y" },
    };

    [Theory]
    [MemberData(nameof(Firmware))]
    public void EachCombination_BecomesWhatTheTableSays(string special, string softReserve)
    {
        string[][] rows = [.. File.ReadLines(RepositoryRoot.File("docs/HOTPLUG.md")).SkipWhile(line => line != Header).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
        int compared = 0;
        foreach (string[] choice in Choices(special, softReserve))
        {
            string[] row = rows.Where(row => Allows(row, choice)).Should().ContainSingle("one row is of {0}", string.Join(' ', choice)).Subject;
            Becomes(choice).Should().Be(row[^1], "{0}", string.Join(' ', choice));
            compared++;
        }

        compared.Should().Be(2 * 2 * 6 * 5 * 2 * 6);
    }

    private static IEnumerable<string[]> Choices(string special, string softReserve) =>
        from efi in new[] { "-", "nosoftreserve" }
        from kmem in Truth
        from build in new[] { "n", "y", "OFFLINE", "ONLINE_AUTO", "ONLINE_KERNEL", "ONLINE_MOVABLE" }
        from state in States
        from movable in Truth
        from memmap in new[] { "N 0", "N 1", "Y 0", "Y 1", "force 0", "force 1" }
        select new[] { special, softReserve, efi, kmem, build, state, movable, memmap };

    private static bool Allows(string[] row, string[] choice) => choice.Zip(row).All(pair => pair.Second switch
    {
        "any" => true,
        "Y 1" => pair.First is "Y 1" or "force 1",
        "else" => pair.First is not ("Y 1" or "force 1"),
        _ => pair.Second.Split(", ").Contains(pair.First),
    });

    private static string Becomes(string[] choice)
    {
        MachineSession session = Given.Booted(Yaml(choice));
        if (session.Around(new Hpa(Window)).EndsWith("System RAM", StringComparison.Ordinal))
        {
            return session.Kernel.Memory.FindBlock(Window >> 27) is { IsBootMemory: true, Zone.Type: ZoneType.Normal } ? "System RAM from the start" : "System RAM elsewhere";
        }

        DevDax dax = (DevDax)session.Kernel.Dax.Bus.Find("dax0.0")!;
        if (dax.Driver is not KmemDriver)
        {
            return dax.Driver is DeviceDaxDriver ? "devdax" : "nothing";
        }

        if (choice[^1].EndsWith('0'))
        {
            AddAgainWithout(session, dax);
        }

        MemoryBlock[] blocks = [.. session.Kernel.Memory.BlocksIn(dax.Ranges[0])];
        string state = blocks.Select(block => block.Zone?.Name ?? "offline blocks").Distinct().Single();
        bool holdsItsOwn = blocks.All(block => block.MemmapPages == 512);
        ulong dram = session.Kernel.Numa.Node(0).Used(PageUse.Memmap);
        return holdsItsOwn && dram == 0 ? state : dram == 4096 ? $"{state}, struct pages in DRAM" : "neither here nor there";
    }

    /// <summary>The device's own attribute changes only while kmem has let go of it.</summary>
    private static void AddAgainWithout(MachineSession session, DevDax dax)
    {
        foreach (MemoryBlock block in session.Kernel.Memory.BlocksIn(dax.Ranges[0]).Where(block => block.State == MemoryBlockState.Online).ToArray())
        {
            session.Write($"/sys/devices/system/memory/{block.Name}/state", "offline").Should().Be(Errno.Ok);
        }

        session.Write("/sys/bus/dax/drivers/kmem/unbind", dax.Name).Should().Be(Errno.Ok);
        session.Write($"/sys/bus/dax/devices/{dax.Name}/memmap_on_memory", "0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/bind", dax.Name).Should().Be(Errno.Ok);
    }

    private static string Yaml(string[] choice)
    {
        (string efi, string kmem, string build, string state, string movable, string memmap) = (choice[2], choice[3], choice[4], choice[5], choice[6], choice[7]);
        string options = string.Join(' ',
        [
            .. efi == "-" ? Array.Empty<string>() : ["efi=" + efi],
            .. state == "-" ? Array.Empty<string>() : ["memhp_default_state=" + state],
            .. movable == "n" ? Array.Empty<string>() : ["movable_node"],
            "memory_hotplug.memmap_on_memory=" + memmap.Split(' ')[0],
        ]);
        bool isOld = build is "n" or "y";
        string option = isOld ? $"MEMORY_HOTPLUG_DEFAULT_ONLINE: {build}" : $"MHP_DEFAULT_ONLINE_TYPE_{build}: y";
        return $$"""
            kernel:
              version: {{(isOld ? "6.12" : "6.14")}}
              command_line: "{{options}}"
              config: {EFI_SOFT_RESERVE: {{choice[1]}}, DEV_DAX_KMEM: {{kmem}}, {{option}} }
            memory: {dram: 4GiB}
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB} }]}]
            windows: [{base: 0x800000000, size: 1GiB, targets: [5], efi: {{(choice[0] == "y" ? "soft_reserved" : "conventional")}} }]
            """;
    }
}
