using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Random programs, pools and blocks: no page is lost, and none belongs to two.</summary>
public sealed class RandomPagesTests
{
    private const int Machines = 12;
    private const int Actions = 60;

    [Theory]
    [InlineData("memhp_default_state=online_movable")]
    [InlineData("memhp_default_state=online_kernel")]
    [InlineData("memhp_default_state=offline")]
    [InlineData("memhp_default_state=online_movable hugepagesz=2M hugepages=40")]
    public void WhateverIsDone_InvariantsHold(string commandLine)
    {
        for (int seed = 1; seed <= Machines; seed++)
        {
            SimRandom random = new((ulong)seed);
            MachineSession session = PageMachine.With(commandLine, dram: random.Next(2) == 0 ? "1GiB" : "4GiB");
            PageActionRun run = new(session, random);
            PageInvariants.Broken(session).Should().BeNull("seed {0}, after the boot", seed);
            for (int action = 0; action < Actions; action++)
            {
                string? broken = run.Act() ?? PageInvariants.Broken(session);
                broken.Should().BeNull("seed {0}\n{1}\n", seed, string.Join('\n', run.Lines));
            }
        }
    }
}
