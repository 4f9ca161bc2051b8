using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Resets of a function through sysfs (<c>drivers/pci/pci.c</c>, <c>drivers/cxl/pci.c</c>: cxl_reset_done) and of the machine.</summary>
public sealed class ResetStepTests
{
    private const string Card = "/sys/bus/pci/devices/0000:11:00.0/";
    private const string Programmed = """
        name: programmed
        memory: {dram: 2GiB, cpus: 2}
        firmware: {decoders: programmed}
        host_bridges:
          - {uid: 5, bus: 0x10, hdm_decoders: 4, root_ports: [{at: 00.0, port: 0, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
        """;

    /// <summary>Recorded in 01-single-volatile, with Linux 6.12 and 7.2: what a masked port would not let through is listed all the same, until 7.1.</summary>
    [Theory]
    [InlineData("6.12", "bus cxl_bus")]
    [InlineData("7.0", "bus cxl_bus")]
    [InlineData("7.2", "cxl_bus")]
    public void Card_CanBeResetByItsBus(string version, string methods)
    {
        MachineSession session = Given.Booted($"kernel: {{version: {version}}}\n" + Given.OneCard);

        session.Read(Card + "reset_method").Text.Should().Be(methods);
        session.Kernel.Sysfs.Find("/sys/bus/pci/devices/0000:10:01.0/reset_method").Should().BeNull("a root port has no bridge above it");
        session.Kernel.Sysfs.Find("/sys/bus/pci/devices/0000:10:01.0/reset").Should().BeNull();
    }

    /// <summary>The region stays as if its decoders were there, and its memory online; nothing answers behind it.</summary>
    [Fact]
    public void ResetOfACardInUse_LeavesARegionWithoutDecoders()
    {
        MachineSession session = Given.WithRegion();
        session.Do(["load: {hpa: 0x1000000000}"]);
        string resources = session.Read(Card + "resource").Text;

        session.Do("reset: card").Error.Should().Be(Errno.Ok);

        session.Kernel.Log.Lines.Where(line => line.Level == LogLevel.Critical).Select(line => line.Text).Should().Equal(
            "cxl_pci 0000:11:00.0: SBR happened without memory regions removal.",
            "cxl_pci 0000:11:00.0: System may be unstable if regions hosted system memory.");
        session.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
        session.Read("/sys/devices/system/memory/memory512/state").Text.Should().Be("online");
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.EIO);
        session.Read(Card + "resource").Text.Should().Be(resources);
        session.Do("inject-poison: {memdev: mem0, dpa: 0}").Error.Should().Be(Errno.Ok, "the device's registers answer again, where they were");
    }

    /// <summary>Without a committed decoder nothing is lost that Linux looks for, but CXL.mem is off, which it switches on only when it probes: the next region leads nowhere.</summary>
    [Fact]
    public void ResetOfAnIdleCard_IsSilent_AndLeavesItOff()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.OneCard));
        session.Do(["reset: card", "create-region: {decoder: decoder0.0}"]);

        session.Do("load: {hpa: 0x1000000000, value: 0}").Error.Should().Be(Errno.EIO);
        session.Machine.Devices[0].OffSwitch.Should().Be("Mem_Enable");
        session.Kernel.Log.Lines.Should().NotContain(line => line.Level == LogLevel.Critical);
    }

    [Fact]
    public void CardThatWasReset_Works_WhenItsDriverProbesAgain()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.OneCard));
        session.Do(["reset: card"]);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(Errno.Ok);

        session.Do(["create-region: {decoder: decoder0.0}", "store: {hpa: 0x1000000000, value: 7}", "load: {device: card, dpa: 0, value: 7}"]);
    }

    [Fact]
    public void PortOfASwitch_IsResetAlone_AndKeepsItsDecoders()
    {
        MachineSession session = Given.Booted("""
            name: fabric
            memory: {dram: 2GiB, cpus: 2}
            host_bridges:
              - {uid: 5, bus: 0x10, root_ports: [{at: 00.0, port: 0, switch: {ports: [{port: 0, type3: {id: card, volatile: 1GiB}}, {port: 1}]}}]}
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
            """);
        session.Do(["create-region: {decoder: decoder0.0}"]);
        foreach (string port in new[] { "0000:11:00.0", "0000:12:00.0" })
        {
            session.Read($"/sys/bus/pci/devices/{port}/reset_method").Text.Should().Be("flr bus cxl_bus", "04-switch-4way has it so");
            session.Write($"/sys/bus/pci/devices/{port}/reset", "1").Should().Be(Errno.Ok);
        }

        session.Do("load: {hpa: 0x1000000000, value: 0}").Error.Should().Be(Errno.Ok);
        session.Write("/sys/bus/pci/devices/0000:11:00.0/reset_method", "bus cxl_bus").Should().Be(Errno.Ok);
        session.Write("/sys/bus/pci/devices/0000:11:00.0/reset", "1").Should().Be(Errno.ENOTTY, "a bridge's bus is not reset with what lies below it");
        session.Do("reset: card").Error.Should().Be(Errno.Ok);
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.EIO);
    }

    [Theory]
    [InlineData("reset", "0", Errno.EINVAL, "CXK0192")]
    [InlineData("reset", "yes", Errno.EINVAL, "CXK0055")]
    [InlineData("reset_method", "flr", Errno.EINVAL, "CXK0193")]
    [InlineData("reset_method", "bus nonsense", Errno.EINVAL, "CXK0193")]
    public void WhatIsNoResetOfIt_IsRefused(string file, string value, Errno error, string rule)
    {
        StepOutcome outcome = Given.Booted().Do($"write: {{path: {Card}{file}, value: \"{value}\"}}");

        outcome.Error.Should().Be(error);
        outcome.Refusal!.Rule.Number.Should().Be(rule);
    }

    /// <summary>Masked as the port is, the plain reset of the bus is offered and does nothing.</summary>
    [Fact]
    public void MethodsAreTriedInTheOrderThatIsWritten()
    {
        MachineSession session = Given.WithRegion();
        session.Write(Card + "reset_method", "bus").Should().Be(Errno.Ok);
        session.Do("reset: card").Refusal!.Rule.Should().Be(RefusalRules.ResetNone);
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.Ok);

        session.Write(Card + "reset_method", "").Should().Be(Errno.Ok);
        session.Read(Card + "reset_method").Text.Should().BeEmpty();
        session.Do("reset: card").Error.Should().Be(Errno.ENOTTY);

        session.Write(Card + "reset_method", "default").Should().Be(Errno.Ok);
        session.Read(Card + "reset_method").Text.Should().Be("bus cxl_bus");
        session.Do("reset: card").Error.Should().Be(Errno.Ok);
        session.Do("reset: nobody").Error.Should().Be(Errno.ENODEV);
    }

    /// <summary>Firmware programs its decoders again and a kernel finds them; of memory only what is persistent is left.</summary>
    [Fact]
    public void ColdReset_LosesWhatIsVolatile()
    {
        MachineSession session = Given.Booted(Programmed);
        LinuxKernel first = session.Kernel;
        session.Do(["store: {hpa: 0x1000000000, value: 7}", "store: {hpa: 0x1000000, value: 8}", "load: {device: card, dpa: 0, value: 7}"]);

        session.Do("firmware-reset: cold").Error.Should().Be(Errno.Ok);

        session.Kernel.Should().NotBeSameAs(first);
        session.Machine.Phase.Should().Be(Phase.Running);
        session.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
        session.Do(["load: {hpa: 0x1000000000, value: 0}", "load: {hpa: 0x1000000, value: 0}", "store: {hpa: 0x1000000000, value: 9}", "load: {device: card, dpa: 0, value: 9}"]);
        session.Kernel.Log.Lines.First().Text.Should().StartWith("Linux version");
    }

    [Fact]
    public void WarmReset_KeepsMemory_AndNothingElse()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.OneCard));
        session.Do(["create-region: {decoder: decoder0.0}", "store: {hpa: 0x1000000000, value: 7}", "store: {hpa: 0x1000000, value: 8}", "firmware-reset: warm"]);

        session.Kernel.Cxl.Bus.Find("region0").Should().BeNull("the decoders are empty, and no firmware programs them");
        session.Do(["load: {hpa: 0x1000000, value: 8}", "load: {device: card, dpa: 0, value: 7}", "create-region: {decoder: decoder0.0}", "load: {hpa: 0x1000000000, value: 7}"]);
    }

    [Fact]
    public void PersistentBytes_OutliveAColdReset()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.OneCard).Replace("volatile: 1GiB", "volatile: 1GiB, persistent: 512MiB, label_storage: 64KiB", StringComparison.Ordinal));
        session.Do(["create-region: {decoder: decoder0.0, type: pmem}", "store: {hpa: 0x1000000040, value: 7}", "load: {device: card, dpa: 0x40000040, value: 7}"]);

        session.Do(["firmware-reset: cold", "load: {device: card, dpa: 0x40000040, value: 7}", "create-region: {decoder: decoder0.0, type: pmem}", "load: {hpa: 0x1000000040, value: 7}"]);
    }

    /// <summary>Poison is where the bytes are: of a card of both kinds the persistent part keeps it without power, all of it does with.</summary>
    [Theory]
    [InlineData("warm", Errno.EEXIST, Errno.EEXIST)]
    [InlineData("cold", Errno.Ok, Errno.EEXIST)]
    public void Poison_GoesWithTheBytes(string reset, Errno ofVolatile, Errno ofPersistent)
    {
        MachineSession session = Given.Booted(Given.OneCard.Replace("volatile: 1GiB", "volatile: 1GiB, persistent: 512MiB, label_storage: 64KiB", StringComparison.Ordinal));
        session.Do(["poison: {device: card, dpa: 0x1000}", "poison: {device: card, dpa: 0x40001000}", $"firmware-reset: {reset}"]);

        session.Do("poison: {device: card, dpa: 0x1000}").Error.Should().Be(ofVolatile);
        session.Do("poison: {device: card, dpa: 0x40001000}").Error.Should().Be(ofPersistent);
    }

    /// <summary>What is out of its slot stays out, and can come back to the kernel that has booted since.</summary>
    [Fact]
    public void SlotThatIsEmpty_IsEmptyAfterAReset()
    {
        MachineSession session = Given.Booted(Given.OneCard.Replace("port: 0,", "port: 0, hotplug: true, slot: 2,", StringComparison.Ordinal));
        session.Do(["unplug: card", "firmware-reset: cold"]);
        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();

        session.Do(["plug: card", "create-region: {decoder: decoder0.0}", "store: {hpa: 0x1000000000, value: 7}", "load: {device: card, dpa: 0, value: 7}"]);
    }

    /// <summary>Who watched registers and memory before watches them after.</summary>
    [Fact]
    public void Watchers_SeeTheMachineAfterAReset()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.OneCard));
        int registers = 0;
        int accesses = 0;
        session.Machine.RegisterWritten += _ => registers++;
        session.Machine.Accessed += _ => accesses++;
        session.Do(["firmware-reset: cold"]);
        (registers, accesses) = (0, 0);

        session.Do(["create-region: {decoder: decoder0.0}", "load: {hpa: 0x1000000000}"]);

        registers.Should().BePositive();
        accesses.Should().BePositive();
        session.Machine.RegisterUnits.Should().NotBeEmpty();
    }

    [Fact]
    public void Steps_AreDoneAgain()
    {
        string[] steps = ["create-region: {decoder: decoder0.0}", "reset: card", "firmware-reset: cold", "create-region: {decoder: decoder0.0}", "firmware-reset: warm", "reset: card"];
        RecordedSession recorded = new(Given.WithDecoders(Given.OneCard), 5, steps);
        for (int step = 1; step <= steps.Length; step++)
        {
            recorded.Step(step).Error.Should().Be(Errno.Ok, steps[step - 1]);
        }

        recorded.ShouldReplay();
    }
}
