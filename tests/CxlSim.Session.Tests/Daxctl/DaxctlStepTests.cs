using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Steps that are verbs of daxctl: what it says, with which status it ends, and what it leaves (recordings 01 and 09; rule table 7.6, O-50 to O-52).</summary>
public sealed class DaxctlStepTests
{
    private const string Offline = "kernel: {command_line: memhp_default_state=offline}\n" + Given.OneCard;
    private const string Race = "dax0.0: WARNING: detected a race while onlining memory; ";

    /// <summary>Recorded in 09-hotplug-options/online, T4 to T21: the words, the counts and the status.</summary>
    [Fact]
    public void WithDefaultOnlining_ItSaysWhatWasRecorded()
    {
        MachineSession session = Given.WithRegion();

        Check(session, "online-memory: dax0.0", Errno.Ok, Race + "dax0.0: all memory sections (8) already online; onlined memory for 0 devices (exit 1)");
        Check(session, "offline-memory: dax0.0", Errno.Ok, "offlined memory for 1 device");
        Check(session, "online-memory: {device: dax0.0, no_movable: true}", Errno.Ok, "onlined memory for 1 device");
        Zones(session).Should().Equal("Normal");
        Check(session, "offline-memory: dax0.0", Errno.Ok, "offlined memory for 1 device");
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax, force: true}", Errno.Ok, "dax0.0: all memory sections (8) already offline; reconfigured 1 device");
        const string refused = "dax0.0: error: kernel policy will auto-online memory, aborting; error reconfiguring devices: Device or resource busy; reconfigured 0 devices (exit 240)";
        Check(session, "reconfigure-device: {device: dax0.0, mode: system-ram}", Errno.EBUSY, refused);
        Check(session, "reconfigure-device: {device: dax0.0, mode: system-ram, no_online: true}", Errno.EBUSY, refused);
        const string devdax = "dax0.0: memory operations are not applicable in devdax mode; error ";
        Check(session, "online-memory: dax0.0", Errno.ENXIO, devdax + "onlining memory: No such device or address; onlined memory for 0 devices (exit 250)");
        Check(session, "offline-memory: dax0.0", Errno.ENXIO, devdax + "offlining memory: No such device or address; offlined memory for 0 devices (exit 250)");
    }

    /// <summary>Recorded in 09-hotplug-options/offline.</summary>
    [Fact]
    public void WithPolicyOffline_ItOnlinesMovable()
    {
        MachineSession session = Given.WithRegion(Offline);

        Check(session, "online-memory: dax0.0", Errno.Ok, "onlined memory for 1 device");
        Zones(session).Should().Equal("Movable");
        Check(session, "offline-memory: dax0.0", Errno.Ok, "offlined memory for 1 device");
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax}", Errno.Ok, "reconfigured 1 device");
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax}", Errno.Ok, "dax0.0 was already in devdax mode; reconfigured 1 device");
        Check(session, "reconfigure-device: {device: dax0.0, mode: system-ram}", Errno.Ok, "reconfigured 1 device");
        Zones(session).Should().Equal("Movable");
    }

    /// <summary>With no_movable it minds no policy, but for no_online.</summary>
    [Theory]
    [InlineData("no_movable: true", Errno.Ok)]
    [InlineData("no_movable: true, no_online: true", Errno.EBUSY)]
    [InlineData("force: true", Errno.Ok)]
    [InlineData("force: true, no_online: true", Errno.Ok)]
    public void KernelThatOnlinesByItself_StandsInTheWay_UnlessAllowed(string options, Errno error)
    {
        MachineSession session = Given.WithRegion();
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax, force: true}", Errno.Ok, "reconfigured 1 device");

        session.Do($"reconfigure-device: {{device: dax0.0, mode: system-ram, {options}}}").Error.Should().Be(error);
    }

    [Fact]
    public void NoOnline_LeavesTheBlocksOffline()
    {
        MachineSession session = Given.WithRegion(Offline);

        Check(session, "reconfigure-device: {device: dax0.0, mode: system-ram, no_online: true}", Errno.Ok, "dax0.0 was already in system-ram mode; reconfigured 1 device");

        Zones(session).Should().Equal("Normal Movable");
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax, no_online: true}", Errno.EINVAL,
            "dax0.0: no-online is not for devdax; error reconfiguring devices: Invalid argument; reconfigured 0 devices (exit 234)");
    }

    [Fact]
    public void OnlineBlocks_KeepTheMode_UnlessForced()
    {
        MachineSession session = Given.WithRegion();

        StepOutcome refused = session.Do("reconfigure-device: {device: dax0.0, mode: devdax}");
        (refused.Error, refused.Refusal!.Rule).Should().Be((Errno.EBUSY, RefusalRules.DaxctlOnline));
        Driver(session, "dax0.0").Should().Be("kmem");

        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax, force: true}", Errno.Ok, "reconfigured 1 device");
        Driver(session, "dax0.0").Should().Be("device_dax");
        session.Kernel.Memory.Blocks.Should().OnlyContain(block => block.IsBootMemory);
    }

    /// <summary>The kernel's errors become one; the reason is the kernel's own.</summary>
    [Fact]
    public void Sizes_AreTheKernelsToRefuse()
    {
        MachineSession session = Given.WithRegion(Offline);
        const string failed = "dax0.0: failed to set size; error reconfiguring devices: No such device or address; reconfigured 0 devices (exit 250)";
        Check(session, "reconfigure-device: {device: dax0.0, size: 512MiB}", Errno.ENXIO, failed);
        Check(session, "reconfigure-device: {device: dax0.0, mode: devdax}", Errno.Ok, "reconfigured 1 device");
        Check(session, "disable-device: dax0.0", Errno.Ok, "disabled 1 device");

        StepOutcome large = session.Do("reconfigure-device: {device: dax0.0, size: 2GiB, mode: system-ram}");
        (large.Error, large.Refusal!.Rule, large.Refusal.Error).Should().Be((Errno.ENXIO, RefusalRules.DaxRoom, Errno.ENOSPC));
        Check(session, "reconfigure-device: {device: dax0.0, size: 512MiB, mode: system-ram}", Errno.Ok, "reconfigured 1 device");
        Driver(session, "dax0.0").Should().BeNull("beside a size the mode is not heeded");
    }

    /// <summary>Quirk of the tool: it sets the alignment and then misses the mode.</summary>
    [Fact]
    public void AlignmentAlone_IsSetAndRefused()
    {
        MachineSession session = Given.WithRegion(Offline);
        session.Do("reconfigure-device: {device: dax0.0, mode: devdax}");
        session.Do("disable-device: dax0.0");

        Check(session, "reconfigure-device: {device: dax0.0, align: 4KiB}", Errno.EINVAL, "dax0.0: unknown mode requested; error reconfiguring devices: Invalid argument; reconfigured 0 devices (exit 234)");

        session.Read("/sys/bus/dax/devices/dax0.0/align").Text.Should().Be("4096");
        session.Do("reconfigure-device: {device: dax0.0}").Error.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void CreateAndDestroy()
    {
        MachineSession session = Given.WithRegion(Offline);
        session.Do("reconfigure-device: {device: dax0.0, mode: devdax}");
        Check(session, "create-device: {}", Errno.ENOSPC, "error creating devices: No space left on device; created 0 devices (exit 228)");
        Check(session, "create-device: {region: 7}", Errno.ENXIO, "error creating devices: No such device or address; created 0 devices (exit 250)");
        Check(session, "disable-device: 0.0", Errno.Ok, "disabled 1 device");
        Check(session, "reconfigure-device: {device: dax0.0, size: 256MiB}", Errno.Ok, "reconfigured 1 device");

        Check(session, "create-device: {region: 0, size: 128MiB, align: 4KiB}", Errno.Ok, "dax0.1: 128 MiB; created 1 device");
        Check(session, "create-device: {}", Errno.Ok, "dax0.2: 640 MiB; created 1 device");
        Driver(session, "dax0.2").Should().Be("device_dax");
        Check(session, "destroy-device: dax0.1", Errno.ENXIO, "dax0.1: active, specify --force for deletion; error destroying devices: No such device or address; destroyed 0 devices (exit 250)");
        Check(session, "destroy-device: {device: dax0.1, force: true}", Errno.Ok, "destroyed 1 device");
        Check(session, "disable-device: all", Errno.Ok, "disabled 2 devices");
        Check(session, "destroy-device: all", Errno.Ok, "destroyed 2 devices");
        session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Select(dax => $"{dax.Name} {dax.Size}").Should().Equal("dax0.0 0 B");
    }

    /// <summary>Ranges in the order of the device's offsets; a size that is another is said and not heeded.</summary>
    [Fact]
    public void Create_TakesRanges()
    {
        MachineSession session = Given.WithRegion(Offline);
        session.Do("destroy-device: {device: all, force: true}").Result.Should().Be("destroyed 1 device");

        Check(session, "create-device: {mappings: [0x1020000000-0x102fffffff, 0x1000000000-0x100fffffff], size: 512MiB}", Errno.Ok, "dax0.1: 512 MiB; created 1 device");
        session.Read("/sys/bus/dax/devices/dax0.1/mapping0/start").Text.Should().Be("0x1020000000");
        Check(session, "create-device: {mappings: [0x1010000000-0x101fffffff], size: 128MiB}", Errno.Ok,
            "dax0.2: allocated 268435456 but specified size 134217728; dax0.2: 256 MiB; created 1 device");
        session.Do("create-device: {mappings: [0x1010000000-0x101fffffff], size: 256MiB}").Refusal!.Rule.Should().Be(RefusalRules.DaxMappingTaken);
    }

    /// <summary>Forced, the tool takes no memory offline: it is leaked (K-30).</summary>
    [Fact]
    public void ForcedDestruction_OfOnlineMemory_LeaksIt()
    {
        MachineSession session = Given.WithRegion();

        Check(session, "destroy-device: {device: dax0.0, force: true}", Errno.Ok, "destroyed 1 device");

        session.Kernel.Memory.Blocks.Count(block => block is { IsBootMemory: false, State: MemoryBlockState.Online }).Should().Be(8);
        session.Do("create-device: {}").Refusal!.Rule.Number.Should().Be(RefusalRules.DaxPageMapLeft.Number, "the tool tries twice, and the first try finds the range taken");
    }

    [Fact]
    public void Status_IsForDevdaxOnly()
    {
        MachineSession session = Given.WithRegion();
        const string other = "dax0.0: status operations are only applicable in devdax mode; error ";
        Check(session, "enable-device: dax0.0", Errno.ENXIO, other + "enabling device: No such device or address; enabled 0 devices (exit 250)");
        Check(session, "disable-device: dax0.0", Errno.ENXIO, other + "disabling device: No such device or address; disabled 0 devices (exit 250)");

        session.Do("reconfigure-device: {device: dax0.0, mode: devdax, force: true}");
        Check(session, "disable-device: dax0.0", Errno.Ok, "disabled 1 device");
        Check(session, "disable-device: dax0.0", Errno.Ok, "disabled 1 device");
        Check(session, "enable-device: dax0.0", Errno.Ok, "enabled 1 device");
        Driver(session, "dax0.0").Should().Be("device_dax");
    }

    /// <summary>A name that nothing has is no error of the tool.</summary>
    [Fact]
    public void UnknownDevice_IsNotMissed() => Check(Given.WithRegion(), "offline-memory: dax9.9", Errno.Ok, "offlined memory for 0 devices");

    [Fact]
    public void Split_CutsADeviceIntoSeveral()
    {
        MachineSession session = Given.WithRegion();
        session.Do("split-device: {device: dax0.0, sizes: [256MiB, 256MiB, 512MiB]}").Refusal!.Rule.Should().Be(RefusalRules.DaxctlOnline);
        session.Do("split-device: {device: dax0.0, sizes: [256MiB]}").Refusal!.Rule.Should().Be(RefusalRules.DaxctlOptions);

        Check(session, "split-device: {device: dax0.0, sizes: [256MiB, 256MiB, 512MiB], force: true}", Errno.Ok, "dax0.1: 256 MiB; dax0.2: 512 MiB; split 1 device");

        session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Select(dax => $"{dax.Name} {dax.Driver!.Name} {dax.Size}")
            .Should().Equal("dax0.0 device_dax 256 MiB", "dax0.1 device_dax 256 MiB", "dax0.2 device_dax 512 MiB");
    }

    /// <summary>O-50: blocks are looked for between the first range's start and that plus the size of all ranges.</summary>
    [Fact]
    public void BlocksOfLaterRanges_AreMissed()
    {
        MachineSession session = Given.WithRegion(Offline);
        session.Do("destroy-device: {device: all, force: true}");
        session.Write("/sys/bus/dax/devices/dax0.0/mapping", "0x1000000000-0x1007ffffff").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/devices/dax0.0/mapping", "0x1020000000-0x1027ffffff").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/bind", "dax0.0").Should().Be(Errno.Ok);

        Check(session, "online-memory: dax0.0", Errno.Ok, "onlined memory for 1 device");

        session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory).Select(block => $"{block.Id} {block.State}").Should().Equal("512 Online", "516 Offline");
    }

    /// <summary>The writes themselves, in the tool's order, as dynamic debugging and the drivers' lists show them.</summary>
    [Fact]
    public void Name_IsForgottenAndTold()
    {
        MachineSession session = Given.WithRegion(Offline);
        session.Do("reconfigure-device: {device: dax0.0, mode: devdax}");
        session.Do("disable-device: dax0.0");

        session.Write("/sys/bus/dax/drivers/device_dax/bind", "dax0.0").Should().Be(Errno.ENODEV, "remove_id came before unbind");
    }

    private static void Check(MachineSession session, string step, Errno error, string result)
    {
        StepOutcome outcome = session.Do(step);
        (outcome.Error, outcome.Result).Should().Be((error, result), step);
        (outcome.Refusal is not null).Should().Be(error != Errno.Ok && !step.Contains("region: 7", StringComparison.Ordinal), step);
    }

    private static string? Driver(MachineSession session, string dax) => session.Kernel.Dax.Bus.Find(dax)!.Driver?.Name;

    private static IEnumerable<string> Zones(MachineSession session) =>
        Enumerable.Range(512, 8).Select(block => session.Read(FormattableString.Invariant($"/sys/devices/system/memory/memory{block}/valid_zones")).Text).Distinct();
}
