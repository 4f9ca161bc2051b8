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
