using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>A CPU below a hypervisor cannot invalidate its caches, and Linux commits no region (recorded: 01-single-volatile/hypervisor-bit).</summary>
public sealed class CacheInvalidationTests
{
    private const string Region = "/sys/bus/cxl/devices/region0/";
    private const string Line = "cxl region0: Failed to synchronize CPU cache state";

    private static string Guest(string config = "{}") => $"kernel: {{hypervisor: true, config: {config}}}\n" + Given.OneCard;

    [Fact]
    public void RegionOfAGuest_IsNotCommitted()
    {
        MachineSession session = Given.Booted(Guest());

        StepOutcome outcome = session.Do("create-region: {decoder: decoder0.0}");

        outcome.Error.Should().Be(Errno.ENXIO);
        outcome.Refusal!.Rule.Should().Be(RefusalRules.CachesNotInvalidated);
        session.Kernel.Log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text).Should().ContainSingle(text => text == Line);
        session.Kernel.Cxl.Bus.Find("region0").Should().BeNull("the tool takes back what it made");
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.EIO);
    }

    /// <summary>By hand the region stays, complete and not committed, and no driver takes it.</summary>
    [Fact]
    public void RegionMadeByHand_StaysUncommitted()
    {
        MachineSession session = Given.Booted(Guest());
        (string, string)[] writes =
        [
            ("decoder0.0/create_ram_region", "region0"), ("region0/interleave_ways", "1"), ("region0/interleave_granularity", "256"), ("region0/size", "0x40000000"),
            ("decoder2.0/mode", "ram"), ("decoder2.0/dpa_size", "0x40000000"), ("region0/target0", "decoder2.0"),
        ];
        foreach ((string path, string value) in writes)
        {
            session.Write("/sys/bus/cxl/devices/" + path, value).Should().Be(Errno.Ok, path);
        }

        session.Write(Region + "commit", "1").Should().Be(Errno.ENXIO);
        session.Read(Region + "commit").Text.Should().Be("0");
        session.Write("/sys/bus/cxl/drivers/cxl_region/bind", "region0").Should().Be(Errno.ENXIO);
        session.Write(Region + "commit", "0").Should().Be(Errno.Ok, "there is nothing to take back");
    }

    /// <summary>Said once and at no region again.</summary>
    [Fact]
    public void KernelBuiltForTests_GoesOnWithout()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Guest("{CXL_REGION_INVALIDATION_TEST: y}")));

        session.Do(["create-region: {decoder: decoder0.0, size: 256MiB}", "create-region: {decoder: decoder0.0, size: 256MiB}", "destroy-region: {region: region1, force: true}"]);

        session.Kernel.Log.Lines.Where(line => line.Text.Contains("caches are not invalidated", StringComparison.Ordinal)).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Info);
        session.Do("load: {hpa: 0x1000000000, value: 0}").Error.Should().Be(Errno.Ok);
    }

    /// <summary>Since 6.17 only a commit asks first.</summary>
    [Theory]
    [InlineData("6.16", Errno.ENXIO, "1")]
    [InlineData("6.17", Errno.Ok, "0")]
    public void RegionOfFirmware_CanBeDecommittedSince617(string version, Errno answer, string left)
    {
        string guest = Guest().Replace("kernel: {", $"kernel: {{version: {version}, ", StringComparison.Ordinal);
        MachineSession session = Given.Booted(Given.WithDecoders(guest).Replace("windows:", "firmware: {decoders: programmed}\nwindows:", StringComparison.Ordinal).Replace("size: 4GiB", "size: 1GiB", StringComparison.Ordinal));

        session.Write(Region + "commit", "0").Should().Be(answer);

        session.Read(Region + "commit").Text.Should().Be(left);
        session.Kernel.Log.Lines.Count(line => line.Text.EndsWith("Failed to synchronize CPU cache state", StringComparison.Ordinal)).Should().Be(1);
    }

    /// <summary>What firmware has committed works, and cannot be taken back by commit; deleting it only complains.</summary>
    [Fact]
    public void RegionOfFirmware_WorksAndCannotBeDecommitted()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Guest()).Replace("windows:", "firmware: {decoders: programmed}\nwindows:", StringComparison.Ordinal).Replace("size: 4GiB", "size: 1GiB", StringComparison.Ordinal));
        session.Do("load: {hpa: 0x1000000000, value: 0}").Error.Should().Be(Errno.Ok);

        session.Do("destroy-region: {region: region0, force: true}").Error.Should().Be(Errno.ENXIO);
        session.Read(Region + "commit").Text.Should().Be("1");

        session.Write("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        session.Kernel.Log.Lines.Count(line => line.Text == Line).Should().Be(2);
        session.Do("load: {hpa: 0x1000000000}").Error.Should().Be(Errno.EIO);
    }
}
