using CxlSim.Core;
using CxlSim.Session;
using static CxlSim.Kernel.Tests.DaxMachine;

namespace CxlSim.Kernel.Tests;

/// <summary>From one state of a dax device, and of a memory block, to the next (fact sheet on DAX and hotplug, 1.6 and 13; rules D-23, D-24, D-43).</summary>
public sealed class DaxLifecycleTests
{
    private const string Told = "new_id device_dax";

    /// <summary>What is done, in order; then the driver, the blocks, and what lies around the first address.</summary>
    [Theory]
    [InlineData("", "kmem", 8, "region0 > dax0.0 > System RAM (kmem)")]
    [InlineData("unbind kmem", null, 0, "region0")]
    [InlineData("online; unbind kmem", null, 8, "region0 > dax0.0 > System RAM (kmem)")]
    [InlineData("unbind kmem; " + Told, "device_dax", 0, "region0 > dax0.0")]
    [InlineData("unbind kmem; " + Told + "; unbind device_dax", null, 0, "region0")]
    [InlineData("unbind kmem; " + Told + "; unbind device_dax; bind kmem", "kmem", 8, "region0 > dax0.0 > System RAM (kmem)")]
    [InlineData("unbind kmem; size 0", null, 0, "region0")]
    [InlineData("unbind kmem; size 0; size 1; bind kmem", "kmem", 1, "region0 > dax0.0 > System RAM (kmem)")]
    public void Device_GoesFromStateToState(string events, string? driver, int blocks, string around)
    {
        MachineSession session = Offline();

        foreach (string what in events.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            Happen(session, what).Should().Be(Errno.Ok, what);
        }

        session.DriverOf("dax0.0").Should().Be(driver);
        session.Kernel.Memory.Blocks.Count(block => !block.IsBootMemory).Should().Be(blocks);
        session.Around(new Hpa(Start)).Should().Be("CXL Window 0 > " + around);
    }

    /// <summary>With the region's driver all goes, whatever is bound.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("unbind kmem")]
    [InlineData("unbind kmem; " + Told)]
    [InlineData("unbind kmem; size 0")]
    public void Device_GoesWithItsRegion(string events)
    {
        MachineSession session = Offline();
        foreach (string what in events.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            Happen(session, what).Should().Be(Errno.Ok, what);
        }

        session.Write("/sys/bus/cxl/drivers/cxl_region/unbind", "region0").Should().Be(Errno.Ok);

        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();
        session.Around(new Hpa(Start)).Should().Be("CXL Window 0 > region0");
        session.Kernel.Memory.Blocks.Should().OnlyContain(block => block.IsBootMemory);
    }

    [Theory]
    [InlineData("unbind kmem; size 0", "bind kmem", Errno.ENXIO)] // D-43
    [InlineData("unbind kmem; size 0", "bind device_dax", Errno.ENODEV)] // it does not match, whatever the size
    [InlineData("", "bind kmem", Errno.EBUSY)]
    [InlineData("", "unbind device_dax", Errno.ENODEV)]
    [InlineData("", "size 1", Errno.EBUSY)]
    [InlineData("unbind kmem; " + Told, "size 1", Errno.EBUSY)] // D-23
    [InlineData("unbind kmem; " + Told, "bind kmem", Errno.EBUSY)]
    [InlineData("online; unbind kmem", "bind kmem", Errno.EBUSY)] // K-31
    public void Device_RefusesWhatItsStateForbids(string before, string what, Errno error)
    {
        MachineSession session = Offline();
        foreach (string done in before.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            Happen(session, done).Should().Be(Errno.Ok, done);
        }

        Happen(session, what).Should().Be(error);
    }

    /// <summary>D-24: what may be written to memmap_on_memory, and that it stays.</summary>
    [Fact]
    public void MemmapOnMemory_IsKeptOverDrivers()
    {
        MachineSession session = Online(commandLine: "memory_hotplug.memmap_on_memory=Y memhp_default_state=offline");
        const string attribute = Dax + "dax0.0/memmap_on_memory";
        session.Write(attribute, "1").Should().Be(Errno.Ok, "it is 1");
        session.Write(attribute, "0").Should().Be(Errno.EBUSY);
        Happen(session, "unbind kmem").Should().Be(Errno.Ok);
        Happen(session, Told).Should().Be(Errno.Ok);
        session.Write(attribute, "0").Should().Be(Errno.Ok, "device_dax does not mind");

        Happen(session, "unbind device_dax").Should().Be(Errno.Ok);
        Happen(session, "bind kmem").Should().Be(Errno.Ok);

        session.Text(attribute).Should().Be("0");
        session.SetBlocks("online_movable", 512);
        session.Kernel.Numa.Node(1).Zone(ZoneType.Movable).ManagedPages.Should().Be(32768, "no page holds struct pages");
    }

    [Theory]
    [InlineData("offline", "state online", "online", Errno.Ok)]
    [InlineData("offline", "state online_kernel", "online", Errno.Ok)]
    [InlineData("offline", "state online_movable", "online", Errno.Ok)]
    [InlineData("offline", "state offline", "offline", Errno.EINVAL)]
    [InlineData("offline", "online 0", "offline", Errno.Ok)]
    [InlineData("offline", "online 1", "online", Errno.Ok)]
    [InlineData("online", "state offline", "offline", Errno.Ok)]
    [InlineData("online", "state online_movable", "online", Errno.EINVAL)]
    [InlineData("online", "state going-offline", "online", Errno.EINVAL)]
    [InlineData("online", "online 1", "online", Errno.Ok)]
    [InlineData("online", "online 0", "offline", Errno.Ok)]
    public void Block_GoesFromStateToState(string before, string write, string after, Errno error)
    {
        MachineSession session = Online(commandLine: $"memhp_default_state={before}");
        string[] words = write.Split(' ');

        session.Write($"{Memory}memory512/{words[0]}", words[1]).Should().Be(error);

        session.Text(Memory + "memory512/state").Should().Be(after);
    }

    private static Errno Happen(MachineSession session, string what)
    {
        string[] words = what.Split(' ');
        switch (words[0])
        {
            case "online":
                session.SetBlocks("online_movable", [.. Enumerable.Range(512, 8)]);
                return Errno.Ok;
            case "size":
                return session.Write(Dax + "dax0.0/size", words[1] == "0" ? "0" : "0x8000000");
            default:
                return session.Write($"{Drivers}{words[1]}/{words[0]}", "dax0.0");
        }
    }
}
