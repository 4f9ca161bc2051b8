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
        ["single-device"] = new(Platform("single-device"), false),
        ["multi-interleave"] = new(Platform("multi-interleave"), false),
        ["xor-4way"] = new(Platform("xor-4way"), false),
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
        ["poison"] = new(Platform("qemu-single"), true,
            ("/sys/kernel/debug/cxl/mem0/inject_poison", "0x1000"), ("/sys/kernel/debug/cxl/mem0/inject_poison", "0x30000000")),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void List_PrintsWhatTheToolPrints(string name)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ListedState state = States[name];
        // half a TiB is thousands of memory blocks, and the tool looks at each three times
        IReadOnlyList<string[]> questions = name == "multi-interleave" ? ListQuestions.For(seed: 1, random: 10, every: 6) : ListQuestions.For(name.Length, random: 60, every: 1);
        CxlListResult[] real = [.. state.RealListings(questions)];
        CxlListResult[] ours = [.. state.Listings(questions)];
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
