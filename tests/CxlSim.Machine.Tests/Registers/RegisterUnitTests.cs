namespace CxlSim.Machine.Tests;

/// <summary>The registers of a machine's components, as a debugger sees them.</summary>
public class RegisterUnitTests
{
    private const string Switch = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - uid: 5
            bus: 0x10
            hdm_decoders: 2
            root_ports: [{at: 01.0, port: 3, switch: {ports: [{port: 8, type3: {id: card, volatile: 1GiB}}, {port: 9}]}}]
            functions: [{at: 02.0, id: "1234:5678", class: 0x020000}]
        windows: [{base: 0x1000000000, targets: [5]}]
        """;

    [Fact]
    public void Units_AreAllComponents_UnderTheNamesOfTraces() =>
        Given.Booted(Switch).RegisterUnits.Select(unit => $"{unit.Name} {unit.Address} {unit.KernelName} {string.Join(' ', unit.Spaces.Select(space => space.Name))}").Should().Equal(
            "host bridge 5   component",
            "host bridge 5 root port 3 0000:10:01.0  config component",
            "host bridge 5 switch at port 3 0000:11:00.0  config component",
            "host bridge 5 switch at port 3 port 8 0000:12:00.0  config component",
            "card 0000:13:00.0 mem0 config component device",
            "host bridge 5 switch at port 3 port 9 0000:12:01.0  config component",
            "host bridge 5 function 02.0 0000:10:02.0  config");

    [Fact]
    public void RestrictedHost_HasItsRcrb_AndBothHalvesOfTheLink()
    {
        SimulatedMachine machine = new(Platform.PlatformReader.ReadFile(RepositoryRoot.File("platforms/rch.yaml")).Platform!);
        machine.RunBoot();

        RegisterUnit host = machine.RegisterUnits.First(unit => unit.Name.StartsWith("host bridge", StringComparison.Ordinal));

        host.Spaces.Select(space => space.Name).Should().Equal("rcrb", "component");
        host.Blocks.Select(block => block.Name).Should().Contain(["Downstream PCI Header", "Upstream PCI Header", "Security Capability"]);
        host.Registers.Single(register => register.Name == "Upstream PCI Express Capabilities").Fields.Single(field => field.Name == "Device/Port Type").Meaning.Should().Be("upstream port");
    }

    [Fact]
    public void Decoder_SaysWhatFirmwareProgrammed()
    {
        RegisterUnit card = UnitOf(Given.Booted(), "card");

        Named(card, "HDM Decoder 0 Base High").Value.Should().Be(0x10);
        Named(card, "HDM Decoder 0 Size Low").Value.Should().Be(0x40000000);
        Named(card, "HDM Decoder 0 Control").Fields.Where(field => field.Value != 0 || field.Meaning is not null).Select(field => $"{field.Name}: {field.Meaning ?? "1"}").Should().Equal(
            "Interleave Granularity: 256 bytes", "Interleave Ways: 1 way", "Lock On Commit: 1", "Commit: 1", "Committed: 1", "Target Range Type: host-only coherent");
        Named(card, "HDM Decoder Capability").Fields[0].Meaning.Should().Be("4 decoders");
    }

    [Fact]
    public void Port_HasTargets_WhereADeviceSkips()
    {
        SimulatedMachine machine = Given.Booted(Switch);

        Named(UnitOf(machine, "host bridge 5"), "HDM Decoder 1 Target List or Skip Low").Fields.Select(field => field.Name).Should().StartWith("Target Port Identifier for Way 0").And.HaveCount(4);
        Named(UnitOf(machine, "card"), "HDM Decoder 1 Target List or Skip Low").Fields.Select(field => field.Name).Should().Equal("DPA Skip 31:28");
    }

    [Fact]
    public void DeviceRegisters_SayWhatTheyMean()
    {
        RegisterUnit card = UnitOf(Given.Booted(), "card");

        Named(card, "Memory Device Status").Fields.Single(field => field.Name == "Media Status").Meaning.Should().Be("ready");
        Named(card, "Mailbox Capabilities").Fields[0].Meaning.Should().Be("2048 bytes", "as QEMU's devices have it");
        Named(card, "Mailbox Status").Fields.Single(field => field.Name == "Return Code").Meaning.Should().Be("Success");
        Named(card, "Link Layer Control and Status").Fields.Single(field => field.Name == "Init State").Meaning.Should().Be("done");
    }

    [Fact]
    public void At_KnowsEveryByte()
    {
        RegisterUnit card = UnitOf(Given.Booted(), "card");
        RegisterSpace config = card.Spaces[0];
        RegisterSpace device = card.Spaces[2];

        card.At(config, 4, 4).Select(register => register.Name).Should().Equal("Command", "Status");
        card.At(config, 6, 1).Select(register => register.Name).Should().Equal("Status");
        card.At(config, 0xff0, 2).Select(register => (register.Name, register.IsUnnamed)).Should().Equal(("config+0xff0", true));
        card.At(device, 0x90, 8).Select(register => register.Name).Should().Equal("Mailbox Command");
        card.At(device, 0x94, 4).Select(register => register.Name).Should().Equal("Mailbox Command");
        card.At(device, 0x8c, 8).Select(register => register.Name).Should().Equal("Mailbox Control", "Mailbox Command");
    }

    /// <summary>A debugger looks at every register after every event: the run is the same.</summary>
    [Fact]
    public void Looking_ChangesNothing()
    {
        SimulatedMachine machine = Given.SmallMachine();
        TraceLines trace = new();
        machine.Simulation.AddSink(trace);
        machine.PowerOn();
        ulong sum = 0;
        while (machine.Step())
        {
            foreach (Register register in machine.RegisterUnits.SelectMany(unit => unit.Registers))
            {
                sum |= register.Value;
            }
        }

        sum.Should().NotBe(0);
        machine.Phase.Should().Be(Phase.Running);
        trace.Lines.Should().Equal(Given.Boot(Given.SmallMachine()).Lines);
    }

    [Fact]
    public void Device_ThatLeftItsSlot_HasNoRegistersAnyMore()
    {
        SimulatedMachine machine = Given.Booted("""
            memory: {dram: 4GiB, cpus: 2}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 3, hotplug: true, type3: {id: card, volatile: 1GiB}}]}
            windows: [{base: 0x1000000000, targets: [5]}]
            """);
        machine.RegisterUnits.Should().Contain(unit => unit.Name == "card");
        machine.RegisterUnits.Should().BeSameAs(machine.RegisterUnits);
        Register slot = Named(UnitOf(machine, "host bridge 5 root port 3"), "Slot Control");
        slot.Fields.Single(field => field.Name == "Power Controller").Meaning.Should().Be("power on");

        slot.Write(0x0700); // power and its indicator off, as software lets a device go

        machine.RegisterUnits.Should().NotContain(unit => unit.Name == "card");
        slot.Fields.Single(field => field.Name == "Power Indicator").Meaning.Should().Be("off");
    }

    [Fact]
    public void MockPlatform_HasItsUnitsToo()
    {
        SimulatedMachine machine = new(Platform.PlatformReader.ReadFile(RepositoryRoot.File("platforms/cxl-test.yaml")).Platform!);
        machine.RunBoot();

        UnitOf(machine, "cxl_mem.0").Spaces.Select(space => space.Name).Should().Equal("component", "device");
        machine.RegisterUnits.Select(unit => unit.Name).Should().Contain(["cxl_host_bridge.0", "cxl_switch_uport.0", "cxl_rcd.10"]);
    }

    /// <summary>Through the hardware's own path: masks, bits that a one clears, the decoder's lock, the commit that takes its time.</summary>
    [Fact]
    public void Write_ObeysTheHardware()
    {
        SimulatedMachine machine = Given.Booted();
        RegisterUnit card = UnitOf(machine, "card");
        machine.DeviceActions.RaiseCorrectable("card", 1);

        After(card, "Vendor ID", 0).Should().Be(0x8086);
        After(card, "Command", 0xffff).Should().Be(6);
        After(card, "RAS Correctable Error Status", 1).Should().Be(2, "that bit is another's");
        After(card, "RAS Correctable Error Status", 2).Should().Be(0);
        After(card, "HDM Decoder 0 Control", 0).Should().Be(0x1700, "it is locked");
        After(card, "HDM Decoder 1 Control", 0x200).Should().Be(0x200, "not committed yet");
        machine.Step();
        Named(card, "HDM Decoder 1 Control").Value.Should().Be(0xa00, "it has no size: an error, not committed");
        After(card, "Mailbox Command", 0x0000000100004000).Should().Be(0x0000000100004000, "both halves");
    }

    [Fact]
    public void Write_IsKeptOff_ByTheLockOfTheDvsec()
    {
        RegisterUnit card = UnitOf(Given.Booted(), "card");
        After(card, "CXL Control", 2).Should().Be(2);
        After(card, "CXL Lock", 1).Should().Be(1);

        After(card, "CXL Control", 6).Should().Be(2);
    }

    [Fact]
    public void Write_ToABridge_MovesWhatLiesBelow()
    {
        SimulatedMachine machine = Given.Booted();
        RegisterUnit card = UnitOf(machine, "card");
        machine.MemdevOf(machine.Devices[0]).Should().NotBeNull();

        Named(UnitOf(machine, "host bridge 5 root port 0"), "Secondary Bus").Write(0x20);

        card.Address!.Value.ToString().Should().Be("0000:20:00.0");
        machine.RegisterUnits.Should().Contain(card);
        card.KernelName.Should().BeNull("the kernel knows it at the old address");
    }

    private static RegisterUnit UnitOf(SimulatedMachine machine, string name) => machine.RegisterUnits.Single(unit => unit.Name == name);

    private static Register Named(RegisterUnit unit, string name) => unit.Registers.Single(register => register.Name == name);

    private static ulong After(RegisterUnit unit, string name, ulong value)
    {
        Named(unit, name).Write(value);
        return Named(unit, name).Value;
    }
}
