using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>Memory of a dax device and the media behind it, as files.</summary>
public class DaxFileTests
{
    private readonly MachineSession _session = Given.Booted(Given.TwoCards);
    private readonly KernelTree _tree;

    public DaxFileTests()
    {
        _tree = new KernelTree(_session);
        _session.Do("rmmod kmem", () => _session.Kernel.Modules.UnloadAsync("kmem")).Should().Be(Errno.Ok);
        _session.Do("create-region: {decoder: decoder0.0, memdevs: [left, right]}").IsAsExpected.Should().BeTrue();
        DevDax dax = _session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Single();
        if (!dax.IsBound)
        {
            _session.Write("/sys/bus/dax/drivers/device_dax/new_id", dax.Name);
            _session.Write("/sys/bus/dax/drivers/device_dax/bind", dax.Name);
        }
    }

    /// <summary>256 bytes here, 256 bytes there: the window's arithmetic, done by the devices' decoders.</summary>
    [Fact]
    public void WhatIsStored_LiesInterleavedInTheMedia()
    {
        byte[] pattern = [.. Enumerable.Range(0, 1024).Select(n => (byte)((n / 256) + 1))];
        _session.Do("store", () => Open("dev", "dax0.0").WriteAsync(4096, pattern)).Should().Be(Errno.Ok);

        Read(4096, 1024, "dev", "dax0.0").Should().Equal(pattern);
        Read(2048, 512, "dev", "media", "left").Should().Equal(Enumerable.Repeat((byte)1, 256).Concat(Enumerable.Repeat((byte)3, 256)));
        Read(2048, 512, "dev", "media", "right").Should().Equal(Enumerable.Repeat((byte)2, 256).Concat(Enumerable.Repeat((byte)4, 256)));
    }

    [Fact]
    public void TheEnd_IsTheEnd()
    {
        long size = _tree.Find(["dev", "dax0.0"])!.Value.Size;
        size.Should().Be(2L << 30);
        Read(size - 4, 100, "dev", "dax0.0").Should().HaveCount(4);
        Read(size, 100, "dev", "dax0.0").Should().BeEmpty();
        _session.Do("store", () => Open("dev", "dax0.0").WriteAsync(size - 4, new byte[8])).Should().Be(Errno.EIO);
    }

    [Fact]
    public void WithoutItsDriver_NothingIsReadOrOpened()
    {
        OpenedFile open = Open("dev", "dax0.0");
        _session.Write("/sys/bus/dax/drivers/device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);

        _session.Do("load", () => open.ReadAsync(0, 1)).Error.Should().Be(Errno.EIO);
        _tree.Open(["dev", "dax0.0"], OpenFlags.Read).Error.Should().Be(Errno.ENXIO);
    }

    /// <summary>D-61: the node is there as long as the device; it opens under a driver that adds it.</summary>
    [Fact]
    public void Node_OpensUnderDeviceDaxOnly()
    {
        MachineSession session = Given.WithRegion();
        KernelTree tree = new(session);
        tree.Open(["dev", "dax0.0"], OpenFlags.Read).Error.Should().Be(Errno.ENXIO, "kmem has it");
        session.Do("offline-memory: dax0.0").Error.Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        tree.Open(["dev", "dax0.0"], OpenFlags.Read).Error.Should().Be(Errno.ENXIO, "nobody has it");
        session.Do("enable-device: dax0.0").Error.Should().Be(Errno.Ok);
        tree.Open(["dev", "dax0.0"], OpenFlags.Read).Error.Should().Be(Errno.Ok);

        session.Write("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        tree.Find(["dev", "dax0.0"]).Should().BeNull();
    }

    /// <summary>Under fsdev_dax it opens, and cannot be read or mapped.</summary>
    [Fact]
    public void Node_UnderFsdev_OnlyOpens()
    {
        MachineSession session = Given.WithRegion("kernel: {version: \"7.2\", command_line: memhp_default_state=offline}\n" + Given.OneCard);
        session.Do("load", () => session.Kernel.Modules.LoadAsync("fsdev_dax", string.Empty)).Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/fsdev_dax/new_id", "dax0.0").Should().Be(Errno.Ok);

        OpenedFile file = new KernelTree(session).Open(["dev", "dax0.0"], OpenFlags.Read).File!;

        file.IsMemory.Should().BeFalse();
        session.Do("load", () => file.ReadAsync(0, 1)).Error.Should().Be(Errno.EINVAL);
        session.Do("store", () => file.WriteAsync(0, [1])).Should().Be(Errno.EINVAL);
    }

    /// <summary>D-31, D-73: offsets run over the ranges in the order in which they were taken.</summary>
    [Fact]
    public void SeveralRanges_FollowEachOtherByOffset()
    {
        MachineSession session = Given.WithRegion("kernel: {command_line: memhp_default_state=offline}\n" + Given.OneCard);
        session.Do(["destroy-device: {device: all, force: true}", "create-device: {mappings: [0x1020000000-0x1027ffffff, 0x1000000000-0x1007ffffff], size: 256MiB}"]);
        OpenedFile file = new KernelTree(session).Open(["dev", "dax0.1"], OpenFlags.Read).File!;
        const long border = 128 << 20;

        session.Do("store", () => file.WriteAsync(border - 4, [1, 2, 3, 4, 5, 6, 7, 8])).Should().Be(Errno.Ok);

        byte[] end = new byte[4];
        byte[] start = new byte[4];
        session.Machine.Load(new Hpa(0x10_27ff_fffc), end).Should().Be(BusResult.Done);
        session.Machine.Load(new Hpa(0x10_0000_0000), start).Should().Be(BusResult.Done);
        (Convert.ToHexString(end), Convert.ToHexString(start)).Should().Be(("01020304", "05060708"));
        session.Do("load", () => file.ReadAsync(border - 4, 8)).Bytes.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8);
        session.Do("store", () => file.WriteAsync(2 * border, [1])).Should().Be(Errno.EIO, "beyond the end nothing is mapped");
    }

    [Fact]
    public void MediaKnowTheirHoles()
    {
        OpenedFile media = Open("dev", "media", "left");
        media.Seek(0, data: true).Error.Should().Be(Errno.ENXIO, "nothing was stored");
        _session.Do("store", () => Open("dev", "dax0.0").WriteAsync(1 << 20, new byte[] { 1 })).Should().Be(Errno.Ok);

        media.Seek(0, data: true).Should().Be((Errno.Ok, 512L << 10));
        media.Seek(512 << 10, data: false).Should().Be((Errno.Ok, 516L << 10));
        media.Seek(516 << 10, data: true).Error.Should().Be(Errno.ENXIO);
    }

    private OpenedFile Open(params string[] steps) => _tree.Open(steps, OpenFlags.Read).File!;

    private byte[] Read(long offset, int count, params string[] steps) => _session.Do("load", () => Open(steps).ReadAsync(offset, count)).Bytes.ToArray();
}
