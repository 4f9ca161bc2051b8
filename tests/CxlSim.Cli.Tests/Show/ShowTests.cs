using System.CommandLine;
using CxlSim.Kernel;
using CxlSim.Session;
using CxlSim.Views;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim show</c> against the real tools and files, which tell of the same machine through the window: byte for byte.</summary>
public class ShowTests(ITestOutputHelper output)
{
    private const string Blocks = "/sys/devices/system/memory";
    private const string Kmem = "/sys/bus/dax/drivers/kmem";

    private static readonly Dictionary<string, ListedState> States = new()
    {
        ["region"] = new(Platform("qemu-single"), true),
        ["region, half offline"] = new(Platform("qemu-single"), true,
            ($"{Blocks}/memory147/state", "offline"), ($"{Blocks}/memory148/state", "offline"), ($"{Blocks}/memory148/state", "online_movable")),
        ["region, no dax driver"] = new(Platform("qemu-single"), true,
            ($"{Blocks}/memory146/state", "offline"), ($"{Blocks}/memory147/state", "offline"), ($"{Blocks}/memory148/state", "offline"),
            ($"{Blocks}/memory149/state", "offline"), ($"{Kmem}/unbind", "dax0.0")),
        ["two dax devices"] = new(Platform("qemu-single"), true,
            ($"{Blocks}/memory146/state", "offline"), ($"{Blocks}/memory147/state", "offline"), ($"{Blocks}/memory148/state", "offline"),
            ($"{Blocks}/memory149/state", "offline"), ($"{Kmem}/unbind", "dax0.0"), ("/sys/bus/dax/devices/dax0.0/size", "0x10000000"),
            ("/sys/bus/cxl/devices/dax_region0/dax_region/create", "1"), ("/sys/bus/dax/devices/dax0.1/size", "0x8000000"),
            ("/sys/bus/dax/devices/dax0.0/size", "0x12000000"), ("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0")),
        ["cpu offline"] = new(Platform("qemu-single"), true, ("/sys/devices/system/cpu/cpu1/online", "0")),
        ["switch"] = new(Conformance("switch-4way"), true),
        ["two dax regions of nodes 0 and 2"] = new(Conformance("user-errors"), true)
        {
            Settings = ["steps[0]={create-region: {decoder: decoder0.1, type: ram, size: 256MiB, memdevs: [mem0]}}", "kernel.cmdline=memmap=0x10000000%0x40000000-1+0xefffffff"],
        },
        ["cxl_test"] = new(Conformance("cxl-test"), false),
    };

    private static readonly string[] Lsmem =
    [
        "", "-a", "-b", "-n", "-J", "-P", "-r", "-ab", "-Jb", "-an", "-rn", "-Pn", "-o NODE", "-o range,node,zones", "-o +ZONES", "-o +node,zones -r", "--output-all", "--output-all -J",
        "--output-all -bn", "--output-all -P", "-S none", "-S NODE", "-S zones,state -r", "-S removable", "-S size", "-o REMOVABLE", "-o STATE,REMOVABLE", "-a -o RANGE,REMOVABLE",
        "-a -n -o REMOVABLE", "-o REMOVABLE,STATE", "-o BLOCK,SIZE,SIZE -n", "-J -o NODE,REMOVABLE,NODE", "--summary", "--summary=only -b", "--summary=never", "--summary=always",
        "-J --summary=always", "--summary=always -J", "-r --summary=always", "-o ZONES -n --summary=never", "--output=size --bytes --raw", "-a -J --output-all",
    ];

    private static readonly string[] Daxctl =
    [
        "", "-i", "-u", "-D", "-R", "-RD", "-RDi", "-RDMi", "-RDMu", "-Ru", "-M", "-Mi", "-Mu", "-r 0", "-r region0", "-r 0 -D", "-r 7", "-r all", "-r region", "-d dax0.0", "-d 0.0", "-d 0.1 -i",
        "-d dax0.1 -RDM", "-d nope", "-d all -Ri", "-d 0", "-r 0 -d 0.0", "--regions --devices --idle --human",
    ];

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LsmemAndNumactl_PrintWhatTheToolsPrint(string name)
    {
        string[] commands = [.. Lsmem.Select(flags => $"lsmem {flags}"), "numactl -H", "numactl --hardware --cpu-compress"];
        Compare(name, commands, (kernel, words) => words[0] == "numactl"
            ? NumactlView.Render(kernel, words.Contains("--cpu-compress"))
            : LsmemView.Render(kernel, LsmemOptionsOf(words[1..])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DaxctlList_PrintsWhatTheToolPrints(string name) =>
        Compare(name, [.. Daxctl.Select(flags => $"daxctl list {flags}")], (kernel, words) => DaxctlListView.Render(kernel, DaxctlOptionsOf(words[2..])).Output);

    /// <summary>Through the program itself.</summary>
    [Theory]
    [InlineData("cat /proc/iomem", "iomem")]
    [InlineData("cat /proc/zoneinfo", "zoneinfo")]
    [InlineData("cat /proc/buddyinfo", "buddyinfo")]
    [InlineData("cat /proc/vmstat", "vmstat")]
    [InlineData("cat /proc/meminfo", "meminfo")]
    [InlineData("cat /run/cxlsim/modules", "modules")]
    [InlineData("cat /proc/cmdline", "cmdline")]
    [InlineData("lsmem -J --output-all", "lsmem", "-J", "--output-all")]
    [InlineData("numactl -H", "numactl", "-H")]
    [InlineData("daxctl list -RDu", "daxctl", "-RDu")]
    public void Program_PrintsWhatTheMachineSays(string command, string what, params string[] flags)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ProgramResult result = RealProgram.Run(["show", what, Platform("qemu-single"), "--steps", .. flags]);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Be(new ListedState(Platform("qemu-single"), true).RealOutputs([command.Split(' ')])[0].Output).And.NotBeEmpty();
    }

    [Theory]
    [InlineData("-o", "foo,bar")]
    [InlineData("-o", "size,foo,bar")]
    [InlineData("-S", "foo")]
    [InlineData("-J", "-r")]
    [InlineData("-a", "-S", "none")]
    [InlineData("-J", "--summary=only")]
    [InlineData("--summary=sometimes")]
    public void WhatLsmemRefuses_IsRefusedInItsWords(params string[] flags)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        string real = new ListedState(Platform("qemu-single"), false).RealOutputs([["lsmem", .. flags]])[0].Errors;

        real.Should().StartWith("lsmem: ");
        RealProgram.Run(["show", "lsmem", Platform("qemu-single"), .. flags]).ShouldBeRefused($"cxlsim: {real}", "cxlsim: see 'cxlsim --help' and 'cxlsim show lsmem --help'");
    }

    [Fact]
    public void ListWithAnEmptyName_IsRefused() => RealProgram.Run("show", "lsmem", Platform("qemu-single"), "-o", "range,,size")
        .ShouldBeRefused("cxlsim: lsmem: found an empty name among the columns 'range,,size'", "cxlsim: see 'cxlsim --help' and 'cxlsim show lsmem --help'");

    private void Compare(string name, IReadOnlyList<string> commands, Func<LinuxKernel, string[], string> render)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ListedState state = States[name];
        string[][] words = [.. commands.Select(command => command.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        IReadOnlyList<ToolOutput> real = state.RealOutputs(words);
        MachineSession session = state.Booted();
        real.Should().HaveSameCount(commands);
        for (int i = 0; i < words.Length; i++)
        {
            real[i].Errors.Should().BeEmpty("of {0}", commands[i]);
            render(session.Kernel, words[i]).Should().Be(real[i].Output, "of {0}", commands[i]);
        }
    }

    private static LsmemOptions LsmemOptionsOf(string[] flags)
    {
        LsmemFlags known = new();
        return known.Read(Parsed(known.All, flags, known.Refuse));
    }

    private static DaxctlListOptions DaxctlOptionsOf(string[] flags)
    {
        DaxctlFlags known = new();
        return known.Read(Parsed(known.All, flags));
    }

    private static ParseResult Parsed(IEnumerable<Option> options, string[] flags, Action<System.CommandLine.Parsing.CommandResult>? refuse = null)
    {
        Command command = new("tool");
        foreach (Option option in options)
        {
            command.Add(option);
        }

        if (refuse is not null)
        {
            command.Validators.Add(refuse);
        }

        ParseResult parsed = command.Parse(flags);
        parsed.Errors.Should().BeEmpty();
        return parsed;
    }

    private static string Platform(string name) => RealProgram.Platform(name);

    private static string Conformance(string name) => RepositoryRoot.File($"tests/conformance/machines/{name}.yaml");
}
