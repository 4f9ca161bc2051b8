using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The file <c>probe</c>: fact sheet 30, section 4.5.</summary>
public sealed class MemoryProbeTests
{
    private const string Probe = "/sys/devices/system/memory/probe";

    [Fact]
    public void BlockOfPlainRam_IsAdded_AndOnline()
    {
        MachineSession session = Machine("ARCH_MEMORY_PROBE: y");

        session.Write(Probe, "0x400000000").Should().Be(Errno.Ok);
        session.Text("/sys/devices/system/memory/memory128/state").Should().Be("online");
        session.Around(new Hpa(0x4_0000_0000)).Should().Be("System RAM");
        session.Zone(0, ZoneType.Normal).PresentPages.Should().Be(32768);
    }

    [Theory]
    [InlineData("0x400001000", Errno.EINVAL)]
    [InlineData("0x0", Errno.EEXIST)]
    [InlineData("there", Errno.EINVAL)]
    public void WhatCannotBeAdded_IsRefused(string address, Errno error) => Machine("ARCH_MEMORY_PROBE: y").Write(Probe, address).Should().Be(error);

    [Fact]
    public void UsualKernels_DoNotHaveIt() => Machine("ARCH_MEMORY_PROBE: n").Write(Probe, "0x400000000").Should().Be(Errno.ENOENT);

    private static MachineSession Machine(string option) => Given.Booted($$"""
        memory: {nodes: [{pxm: 0, size: 1GiB, cpus: 1}]}
        kernel: {config: { {{option}} } }
        """);

    /// <summary>The address lies in a hole of node 1.</summary>
    [Fact]
    public void ProbedMemory_JoinsTheNodeAroundIt()
    {
        MachineSession session = Given.Booted("""
            kernel: {config: {ARCH_MEMORY_PROBE: y}}
            memory:
              nodes: [{pxm: 0, cpus: 1, ranges: [0x0-0x7fffffff]}, {pxm: 1, cpus: 1, ranges: [0x100000000-0x17fffffff, 0x200000000-0x27fffffff]}]
              srat: [{cpu: 0, pxm: 0}, {cpu: 1, pxm: 1}, {memory: 0x0-0x7fffffff, pxm: 0}, {memory: 0x100000000-0x27fffffff, pxm: 1}]
            """);

        session.Write("/sys/devices/system/memory/probe", "0x180000000").Should().Be(Errno.Ok);

        session.Kernel.Memory.FindBlock(48)!.Node.Id.Should().Be(1);
    }
}
