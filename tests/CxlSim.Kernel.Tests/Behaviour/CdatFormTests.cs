using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>CDATs that say too little or too much, and a platform that contradicts itself (<c>drivers/cxl/core/cdat.c</c>, <c>pci.c</c>, <c>drivers/cxl/acpi.c</c>).</summary>
public sealed class CdatFormTests
{
    private const string Area = "{dsmas: {handle: 0, base: 0, length: 1GiB}}";
    private const string Latency = "{dslbis: {handle: 0, data_type: access_latency, base_unit: 1000, entries: [150]}}";

    /// <summary>The first line as recorded of a card behind a generic port, the others as Linux 6.12.107 said them.</summary>
    [Theory]
    [InlineData("", "", "cxl_pci 0000:11:00.0: DSMAS: dpa: 0x0 qos: 0 read_bw: 4096 write_bw 4096 read_lat: 17350 write_lat: 17450", true)]
    [InlineData($"cdat: {{records: [{Area}]}}", "", "cxl_port endpoint2: Failed to parse CDAT: -2", false)]
    [InlineData($"cdat: {{records: [{Latency}]}}", "", "cxl_port endpoint2: Failed to parse CDAT: -2", false)]
    [InlineData("cdat: {records: [{raw: 00 00 14 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00}]}", "", "cxl_port endpoint2: Failed to parse CDAT: -22", false)]
    [InlineData("cdat: {length: 40}", "", "cxl_port endpoint2: CDAT data read error", false)]
    [InlineData("", "qtg: {max: 0, ids: [3]}", "QTG ID 3 greater than MAX 0", true)]
    [InlineData("", "qtg: {max: 9, ids: [3]}", "cxl_pci 0000:11:00.0: DSMAS: dpa: 0x0 qos: 3 read_bw: 4096 write_bw 4096 read_lat: 17350 write_lat: 17450", true)]
    public void WhatLinuxMakesOfIt(string cdat, string qtg, string line, bool hasClass)
    {
        string group = qtg.Length > 0 ? "3" : "0";
        MachineSession session = Given.Booted($$"""
            memory:
              srat: [{cpu: 0, pxm: 0}, {memory: 0x0-0x7fffffff, pxm: 0}, {memory: 0x100000000-0x17fffffff, pxm: 0}, {generic_port: 5, pxm: 5}]
              hmat:
                - {initiator: 0, target: 0, latency: 10, bandwidth: 10240}
                - {initiator: 0, target: 5, latency: 200, bandwidth: 4096}
            firmware: { {{qtg}} }
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: card, volatile: 1GiB, {{cdat}} } }]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5], qos_class: {{group}} }]
            """);

        session.Kernel.Log.Lines.Should().Contain(entry => entry.Text == line);
        session.Read(Given.Devices + "mem0/ram/qos_class").Text.Should().Be(hasClass ? group : "");
    }
}
