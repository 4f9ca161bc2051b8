using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Kernel;

namespace CxlSim.Machine.Tests;

/// <summary>Translation under the kernel's names.</summary>
public class AddressRoutesTests
{
    [Fact]
    public void Outcomes_AreThoseOfTheDataPath() =>
        Enum.GetValues<RouteOutcome>().Select(outcome => (outcome.ToString(), (int)outcome))
            .Should().Equal(Enum.GetValues<DecodeOutcome>().Select(outcome => (outcome.ToString(), (int)outcome)));

    /// <summary>Rows S9 to S15 of the fact sheet: which device, and where on it.</summary>
    [Fact]
    public void Batch_NamesDevices()
    {
        AddressRoutes routes = Given.Booted(InterleavedPlatforms.AcrossAndWithin).Routes;
        Hpa[] addresses = [new(0xc050000000), new(0xc050000100), new(0xc050000200), new(0xc050000300), new(0xc0500abcde), new(0x1404fffffff), new(0x14050000000)];
        Dpa[] dpas = new Dpa[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];
        routes.Translate(addresses, dpas, targets);
        targets.Take(6).Select(target => routes.Devices[target].Device.Id).Should().Equal("d2-0", "a8-0", "d2-2", "a8-2", "d2-0", "a8-2");
        dpas.Take(6).Should().Equal(new Dpa(0), new Dpa(0), new Dpa(0), new Dpa(0), new Dpa(0x2afde), new Dpa(0x1fffffffff));
        AddressRoutes.OutcomeOf(targets[6]).Should().Be(RouteOutcome.NoWindow);
    }

    [Fact]
    public void Devices_AreFoundByEitherName_TheKernelsFirst()
    {
        string swapped = InterleavedPlatforms.WithinBridge.Replace("d2-0", "mem1", StringComparison.Ordinal).Replace("d2-2", "mem0", StringComparison.Ordinal);
        AddressRoutes routes = Given.Booted(swapped).Routes;
        routes.Find("mem0")!.Device.Id.Should().Be("mem1");
        routes.Find("mem1")!.Device.Id.Should().Be("mem0");
        Given.Booted().Routes.Find("card")!.Name.Should().Be("mem0");
        Given.Booted().Routes.Find("mem1").Should().BeNull();
    }

    /// <summary>Before the kernel has looked, only the platform file knows.</summary>
    [Fact]
    public void DeviceThatTheKernelDoesNotKnow_IsInParentheses()
    {
        AddressRoutes routes = Given.SmallMachine().Routes;
        routes.Devices.Should().ContainSingle().Which.Name.Should().Be("(card)");
        routes.Explain(new Hpa(0x1000000000)).Levels[0].Port.Should().BeNull();
    }

    /// <summary>Group P of the fact sheet: six ways behind three.</summary>
    [Theory]
    [InlineData("a0", 0x0, 0, 0)]
    [InlineData("b1", 0x0, 1, 4)]
    [InlineData("c0", 0x0, 2, 2)]
    [InlineData("a1", 0x0, 3, 3)]
    [InlineData("b0", 0x0, 4, 1)]
    [InlineData("c1", 0x0, 5, 5)]
    [InlineData("b1", 0x100, 7, 10)]
    [InlineData("b0", 0x100, 10, 7)]
    public void Reverse_HardwareAndDriver_CountInTheirOwnWays(string device, ulong dpa, ulong hardwareChunk, ulong driverChunk)
    {
        SimulatedMachine machine = Given.Booted(InterleavedPlatforms.SixBehindThree.Replace("memory:", "firmware: {decoders: locked}\nmemory:", StringComparison.Ordinal).Replace("6GiB, t", "1536MiB, t", StringComparison.Ordinal));
        ReverseTranslation found = machine.Routes.Reverse(machine.Routes.Find(device)!, new Dpa(dpa));
        Hpa start = new(0x3000000000);
        (found.Hardware, found.Driver).Should().Be((start + new ByteSize(hardwareChunk * 256), start + new ByteSize(driverChunk * 256)));
    }

    [Fact]
    public void Faults_AreNamed()
    {
        SimulatedMachine machine = Given.Booted();
        PortNode bridge = new([], new Dictionary<byte, DecodeNode>(), "host bridge 5");
        AddressRoutes routes = new(machine.Platform, machine.Kernel, machine.Routes.Devices, RouteTable.Compile([new DecodeWindow(AddressRange.Of(Hpa.Zero, ByteSize.GiB(1)), 256, [bridge, null]) { Name = "window 0" }]));
        routes.Faults.Should().Equal("window 0: one of its targets is not there");
    }

    [Fact]
    public void NoRegion_LeavesTheDriverWithoutAnswer()
    {
        SimulatedMachine machine = Given.Booted();
        RouteDevice card = machine.Routes.Find("card")!;
        CxlEndpointDecoder decoder = machine.Routes.Reverse(card, Dpa.Zero).Decoder!;
        decoder.Region = null;
        ReverseTranslation found = machine.Routes.Reverse(card, new Dpa(0x40));
        (found.Hardware, found.Driver, found.Decoder).Should().Be((new Hpa(0x1000000040), (Hpa?)null, decoder));
        decoder.Port.CommitEnd = -1;
        machine.Routes.Reverse(card, new Dpa(0x40)).Decoder.Should().BeNull("cxl_dpa_to_region looks only where something is committed");
    }
}
