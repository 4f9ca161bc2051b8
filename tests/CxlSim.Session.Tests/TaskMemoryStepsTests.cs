using CxlSim.Core;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Programs that take memory and end, as steps.</summary>
public class TaskMemoryStepsTests
{
    private readonly MachineSession _session = Given.WithRegion(Given.OneCard.Replace("windows:", "kernel: {command_line: memhp_default_state=online_movable}\nwindows:", StringComparison.Ordinal));

    [Fact]
    public void ACpuOnANodeThatThereCannotBe_FallsBackToThoseThatThereAre() =>
        Given.WithRegion(Given.OneCard).Do("allocate: {size: 64MiB, cpu_node: 9}").Error.Should().Be(Errno.Ok);

    [Fact]
    public void Allocate_TellsWhereThePagesLie()
    {
        StepOutcome bound = _session.Do("allocate: {size: 512MiB, policy: bind, nodes: [1]}");
        (bound.Text, bound.Error, bound.Result).Should().Be(("allocate 512 MiB anonymous bind:1 task", Errno.Ok, "node 1 Movable 512 MiB"));

        StepOutcome shared = _session.Do("allocate: {size: 1536MiB, task: both, policy: interleave, nodes: [0, 1]}");
        shared.Error.Should().Be(Errno.Ok);
        shared.Result.Should().StartWith("node 0 Normal 1 GiB, node 1 Movable 50", "what node 1 lacks of its half comes from the other");
    }

    [Fact]
    public void Free_TellsWhatWasFreed()
    {
        _session.Do("allocate: {size: 4KiB, task: small}").Error.Should().Be(Errno.Ok);
        _session.Do("free: small").Error.Should().Be(Errno.Ok);
        _session.Do("free: small").Error.Should().Be(Errno.ESRCH);
    }

    [Theory]
    [InlineData("allocate: {size: 2GiB, policy: bind, nodes: [1]}", Errno.ENOMEM, "zones that would do have too few free pages")]
    [InlineData("allocate: {size: 1GiB, policy: bind, nodes: [7]}", Errno.EINVAL, "none of the policy's nodes has memory")]
    [InlineData("allocate: {size: 2MiB, kind: hugetlb-2M}", Errno.ENOMEM, "the pool has too few free huge pages")]
    [InlineData("free: nobody", Errno.ESRCH, "there is no program of this name")]
    public void Refusal_SaysWhy(string step, Errno error, string rule)
    {
        StepOutcome outcome = _session.Do(step);

        outcome.Error.Should().Be(error);
        outcome.Refusal!.Rule.Title.Should().Be(rule);
    }

    [Fact]
    public void HugePages_ComeFromThePoolThatAWriteMade()
    {
        _session.Write("/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages", "8").Should().Be(Errno.Ok);

        _session.Do("allocate: {size: 5MiB, kind: hugetlb-2M}").Result.Should().Be("node 1 Movable 6 MiB");
    }

    /// <summary>What a driver manages is not in the memory map that the next kernel starts with.</summary>
    [Fact]
    public void Kexec_DoesNotHandOverDriverManagedMemory()
    {
        MachineSession session = Given.WithRegion(Given.OneCard);
        session.Kexec("second modprobe.blacklist=cxl_acpi").Should().Be(Errno.Ok);

        session.Kernel.Memory.Blocks.Should().OnlyContain(block => block.Range.Start < new Hpa(0x10_0000_0000) || !block.IsBootMemory);
        session.Kernel.FirmwareMap.Should().NotContain(entry => entry.Range.Start == new Hpa(0x10_0000_0000));
    }
}
