using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>Orders in which a region of online memory is taken down, safe and unsafe ones (fact sheet on DAX and hotplug, 14; recordings 16-teardown-online).</summary>
public sealed class TeardownOrderTests
{
    private const string Again = "create-region: {decoder: decoder0.0}";
    private const string Unbind = "write: {path: /sys/bus/dax/drivers/kmem/unbind, value: dax0.0}";
    private const string UnbindRegion = "write: {path: /sys/bus/cxl/drivers/cxl_region/unbind, value: region0}";
    private const string Delete = "write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}";

    /// <summary>The first column is the driver of the next device of that name: device_dax, where it was told the name and not to forget it (D-44).</summary>
    [Theory]
    [InlineData("kmem", "offline: dax0.0", Unbind, UnbindRegion, Delete)]
    [InlineData("kmem", "offline-memory: dax0.0", "reconfigure-device: {device: dax0.0, mode: devdax}", "disable-device: dax0.0", "reconfigure-device: {device: dax0.0, size: 0}", UnbindRegion, Delete)]
    [InlineData("device_dax", "reconfigure-device: {device: dax0.0, mode: devdax, force: true}", Delete)]
    [InlineData("kmem", "offline-memory: dax0.0", "destroy-device: {device: dax0.0, force: true}", Delete)]
    public void SafeOrder_LeavesNothingBehind(string next, params string[] steps)
    {
        MachineSession session = Given.WithRegion();

        session.Do(steps);

        (Blocks(session), session.Read("/sys/devices/system/node/online").Text).Should().Be((0, "0"));
        session.Read("/sys/devices/virtual/memory_tiering/memory_tier22/nodelist").Error.Should().Be(Errno.ENOENT);
        session.Kernel.Iomem.FindOverlap(AddressRange.Of(new Hpa(0x10_0000_0000), ByteSize.GiB(1)), ResourceFlags.SystemRam).Should().BeNull();
        session.Do(Again).Result.Should().Be("region0 0x1000000000 1 GiB");
        session.Kernel.Dax.Bus.Find("dax0.0")!.Driver!.Name.Should().Be(next);
    }

    /// <summary>The driver goes before its blocks are offline: they stay, and their addresses stay taken until the next boot.</summary>
    [Theory]
    [InlineData(Unbind, Delete)]
    [InlineData("destroy-device: {device: dax0.0, force: true}", Delete)]
    [InlineData(UnbindRegion, Delete)]
    [InlineData(Delete)]
    public void UnsafeOrder_LeaksTheMemory(params string[] steps)
    {
        MachineSession session = Given.WithRegion();

        session.Do(steps);

        Blocks(session).Should().Be(8);
        session.Kernel.Log.Lines.Select(line => line.Text).Should().ContainSingle(line => line.Contains("cannot be hotremoved until the next reboot", StringComparison.Ordinal));
        session.Machine.Resolve(new Hpa(0x10_0000_0000)).Should().BeNull("its decoders are reset all the same");
        session.Do(Again).Result.Should().Be("region0 0x1040000000 1 GiB", "the hole behind it is free");
    }

    /// <summary>What a leak keeps from: neither driver gets the device again.</summary>
    [Theory]
    [InlineData("kmem", Errno.EBUSY)]
    [InlineData("device_dax", Errno.EINVAL)]
    public void LeakedDevice_HasNoDriver(string driver, Errno second)
    {
        MachineSession session = Given.WithRegion();
        session.Do([Unbind]);

        session.Write($"/sys/bus/dax/drivers/{driver}/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write($"/sys/bus/dax/drivers/{driver}/bind", "dax0.0").Should().Be(second);
    }

    private static int Blocks(MachineSession session) => session.Kernel.Memory.Blocks.Count(block => !block.IsBootMemory);
}
