using CxlSim.Views;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim list</c> against the real <c>cxl list</c>, which reads the same machine through the window: byte for byte, on both streams.</summary>
public class ListTests(ITestOutputHelper output)
{
    private const string Cxl = "/sys/bus/cxl/drivers";
    private const string CxlDevices = "/sys/bus/cxl/devices";

    /// <summary>Machines, and the states that they are brought to.</summary>
    private static readonly Dictionary<string, ListedState> States = new()
    {
        ["qemu-single"] = new(Platform("qemu-single"), false),
        ["switch"] = new(Conformance("switch-4way"), false),
        ["pmem and volatile"] = new(Conformance("pmem-and-volatile"), false),
        ["two windows"] = new(Conformance("user-errors"), false),
        ["programmed by firmware"] = new(Conformance("bios-programmed"), false),
        ["region"] = new(Platform("qemu-single"), true),
        ["region, no driver"] = new(Platform("qemu-single"), true, ($"{Cxl}/cxl_region/unbind", "region0")),
        ["region, half offline"] = new(Platform("qemu-single"), true, ("/sys/devices/system/memory/memory147/state", "offline")),
        ["region, no dax driver"] = new(Platform("qemu-single"), true,
            ("/sys/devices/system/memory/memory146/state", "offline"), ("/sys/devices/system/memory/memory147/state", "offline"),
            ("/sys/devices/system/memory/memory148/state", "offline"), ("/sys/devices/system/memory/memory149/state", "offline"),
            ("/sys/bus/dax/drivers/kmem/unbind", "dax0.0")),
        ["region, no endpoint"] = new(Platform("qemu-single"), true, ($"{Cxl}/cxl_port/unbind", "endpoint2")),
        ["region, device removed"] = new(Platform("qemu-single"), true, ("/sys/bus/pci/devices/0000:0d:00.0/remove", "1")),
        ["region, no root"] = new(Platform("qemu-single"), true, ("/sys/bus/platform/drivers/cxl_acpi/unbind", "ACPI0017:00")),
        ["region in the making"] = new(Platform("qemu-single"), false,
            ($"{CxlDevices}/decoder0.0/create_ram_region", "region0"), ($"{CxlDevices}/region0/interleave_granularity", "256"),
            ($"{CxlDevices}/region0/interleave_ways", "1"), ($"{CxlDevices}/region0/size", "0x20000000"), ($"{CxlDevices}/decoder2.0/mode", "ram"),
            ($"{CxlDevices}/decoder2.0/dpa_size", "0x20000000")),
        ["region without a size"] = new(Conformance("user-errors"), false, ($"{CxlDevices}/decoder0.1/create_pmem_region", "region1")),
        ["switch, memdev disabled"] = new(Conformance("switch-4way"), false, ($"{Cxl}/cxl_mem/unbind", "mem1")),
        ["switch, port disabled"] = new(Conformance("switch-4way"), false, ($"{Cxl}/cxl_port/unbind", "port2")),
        ["cxl_test"] = new(Conformance("cxl-test"), false),
        ["cxl_test, switch disabled"] = new(Conformance("cxl-test"), false, ($"{Cxl}/cxl_port/unbind", "port4"), ($"{Cxl}/cxl_mem/unbind", "mem3")),
        ["poison"] = new(Platform("qemu-single"), true,
            ("/sys/kernel/debug/cxl/mem0/inject_poison", "0x1000"), ("/sys/kernel/debug/cxl/mem0/inject_poison", "0x30000000")),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    public static TheoryData<string> Platforms => [.. Directory.GetFiles(RepositoryRoot.File("platforms"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void State_IsListedAsTheToolListsIt(string name) => Compare(States[name], ListQuestions.For(name.Length, random: 60, every: 1));

    /// <summary>Hundreds of GiB are thousands of memory blocks, and the tool looks at each three times: fewer questions.</summary>
    [Theory]
    [MemberData(nameof(Platforms))]
    public void Platform_IsListedAsTheToolListsIt(string name) => Compare(new(Platform(name), false), ListQuestions.For(name.Length, random: 10, every: 6));

    /// <summary>What the listings above are made of must be there to be compared.</summary>
    [Fact]
    public void PoisonedLines_AreMediaErrors() => States["poison"].Listings([["-Lu"]]).Single().Output.Should().Contain(
        """
                "media_errors":[
                  {
                    "offset":"0x1000",
                    "length":64,
                    "source":"Injected"
                  },
                  {
                    "offset":"0x30000000",
                    "length":64,
                    "source":"Injected"
                  }
                ]
        """);

    /// <summary>Through the program itself: the flags apart and together, both streams, and bytes as they are.</summary>
    [Fact]
    public void Program_PrintsTheListing()
    {
        string[] flags = ["-B", "-DPM", "--targets", "-R", "-iu"];
        ProgramResult result = RealProgram.Run(["list", Platform("qemu-single"), .. flags]);
        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().Be(File.ReadAllText(RepositoryRoot.Golden("01-single-volatile", "00-boot", "cxl-list-BDPMTRiu.json")));
    }

    [Fact]
    public void NothingFound_IsNoError() =>
        RealProgram.Run("list", Platform("qemu-single"), "-p", "nope").Should().Be(new ProgramResult(0, "[]\n", "  Warning: no matching devices found\n\n"));

    [Theory]
    [InlineData("Unrecognized command or argument '-y'.", "-y")]
    [InlineData("Unrecognized command or argument 'mem0'.", "-M", "mem0")]
    [InlineData("-S/--single expects a port filter: -p/--port=", "-S")]
    public void WrongFlags_AreRefused(string message, params string[] flags) =>
        RealProgram.Run(["list", Platform("qemu-single"), .. flags]).ShouldBeRefused($"cxlsim: {message}", "cxlsim: see 'cxlsim --help' and 'cxlsim list --help'");

    private void Compare(ListedState state, IReadOnlyList<string[]> questions)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ToolOutput[] real = [.. state.RealListings(questions)];
        ToolOutput[] ours = [.. state.Listings(questions)];
        real.Should().HaveSameCount(questions);
        for (int i = 0; i < questions.Count; i++)
        {
            string flags = string.Join(' ', questions[i]);
            ours[i].Output.Should().Be(real[i].Output, "of cxl list {0}", flags);
            ours[i].Errors.TrimEnd('\n').Should().Be(real[i].Errors, "of cxl list {0}", flags);
        }
    }

    private static string Platform(string name) => RealProgram.Platform(name);

    private static string Conformance(string name) => RepositoryRoot.File($"tests/conformance/machines/{name}.yaml");
}
