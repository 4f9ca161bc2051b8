using System.Globalization;
using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>A machine with one region of 1 GiB at 64 GiB, in units of its memory blocks of 128 MiB: blocks 512 to 519.</summary>
internal static class DaxMachine
{
    public const string Dax = "/sys/bus/dax/devices/";
    public const string Drivers = "/sys/bus/dax/drivers/";
    public const string Region = "/sys/bus/cxl/devices/dax_region0/dax_region/";
    public const string Memory = "/sys/devices/system/memory/";
    public const ulong Unit = 128 << 20;
    public const ulong Start = 0x10_0000_0000;

    /// <summary>The default of Debian: online, in Normal.</summary>
    public static MachineSession Online(string version = "6.12", string commandLine = "quiet", string config = "") => Given.AfterSteps($$$"""
        kernel: {version: "{{{version}}}", command_line: {{{commandLine}}}, config: { {{{config}}} }}
        memory: {dram: 4GiB, cpus: 2}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        steps: [create-region: {decoder: decoder0.0}]
        """);

    public static MachineSession Offline(string version = "6.12") => Online(version, "memhp_default_state=offline");

    /// <summary>dax0.0 has all of the region, and no driver.</summary>
    public static MachineSession Unbound(string version = "6.12")
    {
        MachineSession session = Offline(version);
        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        return session;
    }

    /// <summary><c>+</c> makes a device, <c>-1</c> empties and deletes dax0.1, <c>1=4</c> gives it 4 units, <c>1:2-4</c> maps units 2 and 3 to it.</summary>
    public static void Do(this MachineSession session, string commands)
    {
        foreach (string command in commands.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = command.Split('+', '-', '=', ':');
            Errno error = command switch
            {
                "+" => session.Write(Region + "create", "1"),
                ['-', ..] => session.Delete("dax0." + parts[1]),
                _ when command.Contains('=', StringComparison.Ordinal) => session.Write($"{Dax}dax0.{parts[0]}/size", Text(Number(parts[1]) * Unit)),
                _ => session.Write($"{Dax}dax0.{parts[0]}/mapping", $"{Start + (Number(parts[1]) * Unit):x}-{Start + (Number(parts[2]) * Unit) - 1:x}"),
            };
            error.Should().Be(Errno.Ok, command);
        }
    }

    /// <summary>Number of the mapping, its first and its behind-last unit, and its offset in units, of each range.</summary>
    public static string Ranges(this MachineSession session, string dax) => string.Join(' ', Enumerable.Range(0, 10)
        .Select(number => $"{Dax}{dax}/mapping{number.ToString(CultureInfo.InvariantCulture)}")
        .Where(mapping => session.Read(mapping + "/start").Error == Errno.Ok)
        .Select(mapping => string.Create(
            CultureInfo.InvariantCulture,
            $"{mapping[^1]}:{Units(session.Text(mapping + "/start")) - (Start / Unit)}-{Units(session.Text(mapping + "/end"), 1) - (Start / Unit)}@{Units(session.Text(mapping + "/page_offset"), 0, 4096)}")));

    public static string? DriverOf(this MachineSession session, string dax) => session.Kernel.Dax.Bus.Find(dax)?.Driver?.Name;

    public static void SetBlocks(this MachineSession session, string state, params int[] blocks)
    {
        foreach (int block in blocks)
        {
            session.Write(string.Create(CultureInfo.InvariantCulture, $"{Memory}memory{block}/state"), state).Should().Be(Errno.Ok, "{0} {1}", block, state);
        }
    }

    /// <summary>The numbers of the hot-added blocks, with the first letters of state and zone: <c>512oM</c>; offline blocks have no zone.</summary>
    public static string Blocks(this MachineSession session) => string.Join(' ', session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory)
        .Select(block => string.Create(CultureInfo.InvariantCulture, $"{block.Id}{(block.State == MemoryBlockState.Online ? "o" : "-")}{block.Zone?.Name[0]}")));

    private static Errno Delete(this MachineSession session, string dax)
    {
        Errno error = session.Write($"{Dax}{dax}/size", "0");
        return error == Errno.Ok ? session.Write(Region + "delete", dax) : error;
    }

    private static ulong Units(string hex, ulong add = 0, ulong scale = 1) => ((ulong.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * scale) + add) / Unit;

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
