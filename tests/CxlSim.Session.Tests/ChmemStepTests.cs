using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Steps that put a size, a range or blocks online or offline, with what chmem of util-linux does and says (sys-utils/chmem.c).</summary>
public sealed class ChmemStepTests
{
    private const string Memory = "/sys/devices/system/memory/";

    /// <summary>Eight blocks of 128 MiB, memory512 to memory519, which stay offline.</summary>
    private static readonly string Offline = Given.OneCard.Replace("windows:", "kernel: {command_line: memhp_default_state=offline}\nwindows:", StringComparison.Ordinal);

    private readonly MachineSession _session = Given.WithRegion(Offline);

    /// <summary>The tool prefers Movable; sizes go upwards to enable and downwards to disable, and what has the state already does not count.</summary>
    [Fact]
    public void Size_TakesTheFirstBlocks_AndGivesTheLast()
    {
        Check("online: {size: 256MiB}", "chmem -e 256MiB", Errno.Ok, "enabled 256M");
        Online().Should().Equal(512, 513);
        Zones(512).Should().Be("Movable");
        Check("online: {size: 128MiB, zone: Movable}", "chmem -e 128MiB -z Movable", Errno.Ok, "enabled 128M");
        Check("offline: {size: 128MiB, zone: Movable}", "chmem -d 128MiB -z Movable", Errno.Ok, "disabled 128M");
        Online().Should().Equal(512, 513);
        Check("online: {size: 0}", "chmem -e 0B", Errno.Ok, "enabled 0B");
    }

    /// <summary>More than there is: what can be done is done, and the exit status is 64; nothing done is 1.</summary>
    [Fact]
    public void SizeThatIsNotThere_IsDoneAsFarAsItGoes()
    {
        Check("online: {size: 2GiB}", "chmem -e 2GiB", Errno.ENOENT, "chmem: Could only enable 1G of memory; enabled 1G (exit 64)");
        Check("online: {size: 128MiB}", "chmem -e 128MiB", Errno.ENOENT, "chmem: Could only enable 0B of memory; enabled 0B (exit 1)");
        _session.Do("online: {size: 128MiB}").Refusal!.Rule.Should().Be(RefusalRules.ChmemShort);
        Check("offline: {size: 1GiB, zone: Device}", "chmem -d 1GiB -z Device", Errno.ENOENT, "chmem: Could only disable 0B of memory; disabled 0B (exit 1)");
        Online().Should().HaveCount(8);
    }

    /// <summary>To the tool a zone's name is a beginning, so that DMA is DMA32, too; and the last block of it ends in a hole.</summary>
    [Fact]
    public void SizeThatIsReached_IsNoError_WhateverWasRefusedOnTheWay() =>
        Check("offline: {size: 1GiB, zone: DMA}", "chmem -d 1GiB -z DMA", Errno.Ok, "chmem: Memory Block 15 (0x0000000078000000-0x000000007fffffff) disable failed: Invalid argument; disabled 1G");

    /// <summary>A zone other than Movable is asked for as online_kernel.</summary>
    [Fact]
    public void Range_GoesToTheZoneAskedFor()
    {
        Check("online: {range: 0x1000000000-0x100fffffff, zone: Normal}", "chmem -e 0x1000000000-0x100fffffff -z Normal", Errno.Ok, "enabled 256M");
        Online().Should().Equal(512, 513);
        Zones(512).Should().Be("Normal");
        Check("offline: {range: 0x1000000000-0x1007ffffff, zone: Movable}", "chmem -d 0x1000000000-0x1007ffffff -z Movable", Errno.EINVAL, "chmem: Memory Block 512 (0x0000001000000000-0x0000001007ffffff) disable failed: Zone mismatch; disabled 0B (exit 1)");
        Check("online: {blocks: 514, zone: DMA32}", "chmem -e -b 514 -z DMA32", Errno.EINVAL, "chmem: Memory Block 514 (0x0000001010000000-0x0000001017ffffff) enable failed: Zone mismatch; enabled 0B (exit 1)");
        _session.Do("online: {blocks: 514, zone: DMA32}").Refusal!.Rule.Should().Be(RefusalRules.ChmemZone);
        Check("offline: {blocks: 512-513}", "chmem -d -b 512-513", Errno.Ok, "disabled 256M");
    }

    /// <summary>Of a range what has the state already counts as done; what is not there does not.</summary>
    [Fact]
    public void Blocks_ThatAreOnline_CountAsDone()
    {
        Check("online: {blocks: 513}", "chmem -e -b 513", Errno.Ok, "enabled 128M");
        Check("online: {blocks: 512-514}", "chmem -e -b 512-514", Errno.Ok, "enabled 384M");
        Check("online: {blocks: 519-520}", "chmem -e -b 519-520", Errno.ENOENT, "chmem: 1 of 2 blocks are not there; enabled 128M (exit 64)");
        Online().Should().Equal(512, 513, 514, 519);
    }

    /// <summary>The tool itself goes on after a refusal of Linux, whose error is the step's.</summary>
    [Fact]
    public void BlockThatCannotGoOffline_IsSaid_AndTheNextIsTried()
    {
        _session.Do(["online: {blocks: 512, zone: Normal}", "online: {blocks: 513}", "allocate: {size: 64MiB, kind: kernel, policy: bind, nodes: [1], task: k}"]);

        StepOutcome outcome = _session.Do("offline: {blocks: 512-513}");

        (outcome.Error, outcome.Result).Should().Be((Errno.EBUSY, "chmem: Memory Block 512 (0x0000001000000000-0x0000001007ffffff) disable failed: Device or resource busy; disabled 128M (exit 64)"));
        outcome.Refusal!.Rule.Should().Be(RefusalRules.BlockKernelPages);
        Online().Should().Equal(512);
    }

    [Theory]
    [InlineData("online: {size: 100MiB}", "chmem: Size must be aligned to memory block size (128M); enabled 0B (exit 1)")]
    [InlineData("offline: {range: 0x1000000000-0x1000000fff}", "chmem: Start address and (end address + 1) must be aligned to memory block size (128M); disabled 0B (exit 1)")]
    public void WhatIsNoMultipleOfABlock_IsNotTried(string step, string result)
    {
        StepOutcome outcome = _session.Do(step);

        (outcome.Error, outcome.Result).Should().Be((Errno.EINVAL, result));
        outcome.Refusal!.Rule.Should().Be(RefusalRules.ChmemUnit);
        Online().Should().BeEmpty();
    }

    private void Check(string step, string text, Errno error, string result)
    {
        StepOutcome outcome = _session.Do(step);
        (outcome.Text, outcome.Error, outcome.Result).Should().Be((text, error, result));
    }

    private string Zones(int block) => _session.Read($"{Memory}memory{block}/valid_zones").Text;

    private int[] Online() => [.. Enumerable.Range(512, 8).Where(number => _session.Read($"{Memory}memory{number}/state").Text == "online")];
}
