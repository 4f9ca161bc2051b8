using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>The same as <see cref="ListTests"/> of machines that somebody has brought to a state, with all questions.</summary>
public class ListedStateTests(ITestOutputHelper output)
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

    [Theory]
    [MemberData(nameof(Names))]
    public void State_IsListedAsTheToolListsIt(string name) => States[name].ShouldBeListedAlike(ListQuestions.For(name.Length, random: 20, every: 1), output);

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

    private static string Platform(string name) => RealProgram.Platform(name);

    private static string Conformance(string name) => RepositoryRoot.File($"tests/conformance/machines/{name}.yaml");
}
