using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>From 6.18 on a port has a dport only for what a memdev was found below, and decoders from the first on (Linux 7.2 with the scripts of 08-user-errors and of a teardown).</summary>
public sealed class NewerPortsTests
{
    [Theory]
    [InlineData("6.17", "0 1 2", "decoder1.0 decoder1.1")]
    [InlineData("6.18", "1", "decoder1.0 decoder1.1")]
    public void SlotsWithoutADevice_AreNoDports(string version, string dports, string decoders)
    {
        MachineSession session = Booted(version, "hdm_decoders: 2, root_ports: [{port: 0}, {port: 1, type3: {volatile: 1GiB}}, {port: 2}]");

        Dports(Bridge(session)).Should().Be(dports);
        Decoders(Bridge(session)).Should().Be(decoders);
    }

    /// <summary>Nothing names the target of a decoder that stands for a single root port: newer kernels take it for number 0, and show no other until a region uses it.</summary>
    [Theory]
    [InlineData("6.17", 0, "0")]
    [InlineData("6.17", 2, "2")]
    [InlineData("6.18", 0, "0")]
    [InlineData("6.18", 2, "")]
    public void ASingleRootPort_IsATarget(string version, int number, string listed)
    {
        MachineSession session = Booted(version, $"hdm_decoders: 0, root_ports: [{{port: {number}, type3: {{id: memory, volatile: 1GiB}} }}]", "steps: [create-region: {decoder: decoder0.0}]");
        session.Text(Given.Devices + "decoder1.0/target_list").Should().Be(listed);

        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).Error.Should().Be(Errno.Ok);

        session.Text(Given.Devices + "decoder1.0/target_list").Should().Be($"{number}");
        session.Text(Given.Devices + "region0/commit").Should().Be("1");
    }

    [Theory]
    [InlineData("6.17", "0 1")]
    [InlineData("6.18", "")]
    public void ABridgeWithoutMemory_HasNothing(string version, string dports)
    {
        MachineSession session = Booted(version, "root_ports: [{port: 0}, {port: 1}]");

        Dports(Bridge(session)).Should().Be(dports);
        Bridge(session).Decoders.Any().Should().Be(dports.Length > 0);
    }

    /// <summary>Switches too; and what firmware has committed over several of their ports is a region once all members are there.</summary>
    [Theory]
    [InlineData("6.17", "0 1 2 3")]
    [InlineData("6.18", "0 2")]
    public void WhatFirmwareCommitted_IsBelieved_WhicheverMemberComesFirst(string version, string dports)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            MachineSession session = new(new SimulatedMachine(Given.Platform($$"""
                kernel: {version: "{{version}}"}
                firmware: {decoders: programmed}
                host_bridges: [{uid: 5, bus: 0x10, root_ports: [{switch: {ports: [{port: 0, type3: {volatile: 512MiB} }, {port: 1}, {port: 2, type3: {volatile: 512MiB} }, {port: 3}]} }]}]
                windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
                """), seed));
            session.Boot().Should().BeTrue();
            CxlPort fabric = session.Kernel.Cxl.Ports.Single(port => port.ParentPort is { IsRoot: false } && !port.IsEndpoint);

            Dports(fabric).Should().Be(dports);
            session.Text(Given.Devices + fabric.Decoders[0].Name + "/target_list").Should().Be("0,2");
            session.Text(Given.Devices + "region0/commit").Should().Be("1");
        }
    }

    /// <summary>The registers still name the root port of a device that is gone; nothing is listed for it, until it is back (states 11-modprobe of 6.12 and 7.2).</summary>
    [Theory]
    [InlineData("6.17", "1")]
    [InlineData("6.18", "")]
    public void ATargetThatIsNoDport_IsNotListed(string version, string listed)
    {
        MachineSession session = Given.AfterSteps($$"""
            kernel: {version: "{{version}}"}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{port: 0, type3: {volatile: 512MiB} }, {port: 1, hotplug: true, type3: {id: gone, volatile: 512MiB} }]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            steps:
              - create-region: {decoder: decoder0.0, memdevs: [gone]}
              - destroy-region: {region: region0, force: true}
              - unplug: gone
            """);
        session.Do("reload", async () =>
        {
            (await session.Kernel.Modules.UnloadAsync("cxl_acpi")).Should().Be(Errno.Ok);
            return await session.Kernel.Modules.LoadAsync("cxl_acpi", string.Empty);
        }).Should().Be(Errno.Ok);

        session.Text(Given.Devices + "decoder1.0/target_list").Should().Be(listed);
    }

    /// <summary>What creates a memdev, a bridge to libnvdimm or a dax region of CXL has its driver at hand.</summary>
    [Theory]
    [InlineData("6.12", "", "", "")]
    [InlineData("7.2", "cxl_pci", "cxl_acpi", "dax_cxl")]
    public void Modules_HoldTheirDrivers(string version, string ofMemdevs, string ofBridges, string ofRegions)
    {
        MachineSession session = Booted(version, "root_ports: [{type3: {volatile: 1GiB}}]");

        new[] { "cxl_mem", "cxl_pmem", "dax_hmem" }.Select(module => string.Join(' ', session.Kernel.Modules.Find(module)!.Users.Select(user => user.Name)))
            .Should().Equal(ofMemdevs, ofBridges, ofRegions);
    }

    private static MachineSession Booted(string version, string bridge, string steps = "") => Given.Booted($$"""
        kernel: {version: "{{version}}"}
        host_bridges: [{uid: 5, bus: 0x10, {{bridge}} }]
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        {{steps}}
        """);

    private static CxlPort Bridge(MachineSession session) => session.Bridge(5);

    private static string Dports(CxlPort port) => string.Join(' ', port.Dports.Select(dport => dport.PortId).Order());

    private static string Decoders(CxlPort port) => string.Join(' ', port.Decoders.Select(decoder => decoder.Name));
}
