using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Kernel;

namespace CxlSim.Machine.Tests;

/// <summary>The way of an address, level by level, and where it ends.</summary>
public class RouteStoryTests
{
    private static readonly AddressRange Range = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));

    private readonly SimulatedMachine _machine = Given.Booted();

    /// <summary>Row S12: bridge 1, port 1. The kernel's ports are the documented ones' counterparts.</summary>
    [Fact]
    public void EveryLevel_HasBothNames()
    {
        RouteStory story = Given.Booted(InterleavedPlatforms.AcrossAndWithin).Routes.Explain(new Hpa(0xc050000300));
        story.Levels.Select(level => (level.Unit, level.Decoder!.Unit, level.Position, level.Target)).Should().Equal(
            ("window 0", "window 0", 1, "host bridge 4"),
            ("host bridge 4", "host bridge 4 HDM decoder 0", 1, "a8-2"),
            ("a8-2", "a8-2 HDM decoder 0", null, null));
        (story.Outcome, story.Dpa, story.Device!.Device.Id, story.Dram).Should().Be((RouteOutcome.Hit, Dpa.Zero, "a8-2", null));
        story.Levels.Select(level => (level.Decoder!.Ways, level.Decoder.Granularity)).Should().Equal((2, 256), (2, 512), (4, 256));
        story.Levels.Should().OnlyContain(level => level.Uncommitted.Count == 0);
    }

    [Fact]
    public void KernelNames_AreThoseOfItsObjects()
    {
        SimulatedMachine machine = Given.Booted(InterleavedPlatforms.AcrossAndWithin);
        RouteStory story = machine.Routes.Explain(new Hpa(0xc050000100));
        (story.Levels[0].Port, story.Levels[0].Decoder!.Name).Should().Be(("root0", "decoder0.0"));
        CxlPort bridge = (CxlPort)machine.Kernel!.Cxl.Bus.Find(story.Levels[1].Port!)!;
        (bridge.Uport.Name, story.Levels[1].Decoder!.Name).Should().Be(("pci0000:a8", bridge.Decoders[0].Name));
        CxlPort endpoint = story.Device!.Memdev!.Endpoint!;
        (story.Levels[2].Port, story.Levels[2].Decoder!.Name).Should().Be((endpoint.Name, endpoint.Decoders[0].Name));
    }

    [Fact]
    public void EveryWindow_HasItsRootDecoder()
    {
        SimulatedMachine machine = Given.Booted("""
            memory: {dram: 4GiB, cpus: 2}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}, {base: 0x2000000000, size: 1GiB, targets: [5]}]
            """);
        RouteLevel level = machine.Routes.Explain(new Hpa(0x2000000000)).Levels[0];
        (level.Unit, level.Decoder!.Name).Should().Be(("window 1", "decoder0.1"));
    }

    /// <summary>Behind a switch: its port is found through the bridge's, and the device through its.</summary>
    [Fact]
    public void Switch_HasItsPort()
    {
        SimulatedMachine machine = Given.Booted("""
            memory: {dram: 4GiB, cpus: 2}
            firmware: {decoders: locked}
            host_bridges:
              - uid: 5
                bus: 0x10
                hdm_decoders: 0
                root_ports:
                  - {at: 01.0, port: 7, switch: {ports: [{port: 3, type3: {id: left, volatile: 1GiB}}, {port: 4, type3: {id: right, volatile: 1GiB}}]}}
            windows: [{base: 0x1000000000, targets: [5], granularity: 4096}]
            """);
        RouteStory story = machine.Routes.Explain(new Hpa(0x1000001000));
        story.Levels.Select(level => level.Unit).Should().Equal("window 0", "host bridge 5", "host bridge 5 switch at port 7", "right");
        story.Levels.Should().OnlyContain(level => level.Port != null);
        ((CxlPort)machine.Kernel!.Cxl.Bus.Find(story.Levels[2].Port!)!).Uport.Should().BeOfType<PciDevice>();
        (story.Levels[1].IsPassthrough, story.Levels[1].Decoder, story.Levels[1].Target).Should().Be((true, null, "host bridge 5 switch at port 7"));
        (story.Levels[2].Position, story.Levels[3].Port).Should().Be((1, story.Device!.Memdev!.Endpoint!.Name));
    }

    /// <summary>Row S39: the parity of 0x12345678 under 0x404100 is 1.</summary>
    [Fact]
    public void XorMaps_SayWhatTheyDid()
    {
        SimulatedMachine machine = Given.Booted(InterleavedPlatforms.AcrossBridges);
        AddressRange range = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));
        DecodeNode[] devices = [.. Enumerable.Range(0, 2).Select(device => new EndpointNode(device, [new HdmDecoder(range, 2, 256, 0)]))];
        RouteStory story = Tell(machine, [new DecodeWindow(range, 256, devices, [0x404100, 0x808200])], 0x1012345678);
        story.Levels[0].Maps.Should().Equal(new RouteMap(0x404100, 8, 1));
        story.Levels[0].Address.Should().Be(new Hpa(0x1012345778));
        (story.Levels[0].Position, story.Dpa).Should().Be((1, new Dpa(0x91a2b78)));
    }

    [Fact]
    public void OutsideAllWindows_WindowsAreListed_AndSystemMemoryIsTold()
    {
        RouteStory story = _machine.Routes.Explain(new Hpa(0x1000));
        (story.Outcome, story.Device, story.Dram!.Value.Start).Should().Be((RouteOutcome.NoWindow, null, Hpa.Zero));
        story.Levels.Should().ContainSingle().Which.Decoders.Select(window => (window.Name, window.Range)).Should().Equal(("decoder0.0", Range));
    }

    [Fact]
    public void FaultyWindows_EndTheWay()
    {
        DecodeWindow three = new(Range, 256, [null, null, null, null, null]) { Name = "window 0" };
        RouteLevel illegal = Tell(_machine, [three], 0x1000000000).Levels.Single();
        (illegal.Outcome, illegal.Decoder!.Fault).Should().Be((RouteOutcome.IllegalDecoder, "its ways or its granularity have no legal code"));
        RouteLevel overlap = Tell(_machine, [three, three], 0x1000000000).Levels.Single();
        (overlap.Outcome, overlap.Decoder, overlap.Decoders.Count).Should().Be((RouteOutcome.OverlappingDecoders, null, 2));
    }

    [Fact]
    public void TwoDecodersOfADevice_NoneIsNamed()
    {
        EndpointNode device = new(0, [new HdmDecoder(Range, 1, 256, 0), new HdmDecoder(Range, 1, 256, 0) { Number = 1 }], "card");
        RouteLevel level = Tell(_machine, [new DecodeWindow(Range, 256, [device])], 0x1000000000).Levels[^1];
        (level.Outcome, level.Decoder, level.Offset).Should().Be((RouteOutcome.OverlappingDecoders, null, null));
        level.Decoders.Select(decoder => decoder.Unit).Should().Equal("card HDM decoder 0", "card HDM decoder 1");
    }

    [Fact]
    public void IllegalDecoder_IsNamedWithItsFault()
    {
        EndpointNode device = new(0, [HdmDecoder.FromRegisters(0, 0x1000000000, 0x40000000, 0xf0, 0)], "card");
        RouteLevel level = Tell(_machine, [new DecodeWindow(Range, 256, [device])], 0x1000000000).Levels[^1];
        (level.Outcome, level.Decoder!.Fault).Should().Be((RouteOutcome.IllegalDecoder, "its ways or its granularity have no legal code"));
    }

    [Fact]
    public void PastCapacity_KeepsTheArithmetic()
    {
        EndpointNode device = new(0, [new HdmDecoder(Range, 1, 256, 0)], "card", ByteSize.MiB(512));
        RouteStory story = Tell(_machine, [new DecodeWindow(Range, 256, [device])], 0x1030000000);
        (story.Outcome, story.Dpa, story.Levels[^1].Base, story.Levels[^1].Offset).Should().Be((RouteOutcome.PastCapacity, null, Dpa.Zero, new ByteSize(0x30000000)));
    }

    /// <summary>A region that has its targets, but was not committed: registers know nothing of it.</summary>
    [Fact]
    public void WhatTheKernelHasOnlySetUp_IsTold()
    {
        SimulatedMachine machine = Given.Booted(InterleavedPlatforms.WithinBridge.Replace("locked", "os", StringComparison.Ordinal));
        CxlPort bridge = machine.Kernel!.Cxl.Bus.Devices.OfType<CxlPort>().Single(port => port.Uport.Name == "pci0000:d2");
        bridge.Decoders[0].Range = AddressRange.Of(new Hpa(0xc050000000), ByteSize.GiB(1));
        RouteLevel level = machine.Routes.Explain(new Hpa(0xc050000000)).Levels[^1];
        (level.Outcome, level.Unit).Should().Be((RouteOutcome.NoPortDecoder, "host bridge 5"));
        level.Uncommitted.Should().Equal(bridge.Decoders[0].Name);
        machine.Routes.Explain(new Hpa(0xc090000000)).Levels[^1].Uncommitted.Should().BeEmpty();
    }

    private static RouteStory Tell(SimulatedMachine machine, DecodeWindow[] windows, ulong address) =>
        new AddressRoutes(machine.Platform, machine.Kernel, machine.Routes.Devices, RouteTable.Compile(windows)).Explain(new Hpa(address));

    // A view knows the outcomes under names of its own, number by number.
    [Fact]
    public void Outcomes_AreThoseOfTheDataPath() => Enum.GetNames<RouteOutcome>().Should().Equal(Enum.GetNames<CxlSim.Hdm.DecodeOutcome>());
}
