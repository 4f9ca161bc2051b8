using CxlSim.Core;
using CxlSim.Session;
using static CxlSim.Kernel.Tests.DaxMachine;

namespace CxlSim.Kernel.Tests;

/// <summary>The attribute state of kmem's devices, in kernels that have it (rules K-40 to K-42).</summary>
public sealed class KmemStateTests
{
    private const string State = Dax + "dax0.0/state";
    private const string AllMovable = "512oM 513oM 514oM 515oM 516oM 517oM 518oM 519oM";

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void OlderKernels_HaveNone(string version) => Online(version).Read(State).Error.Should().Be(Errno.ENOENT);

    [Theory]
    [InlineData("quiet", "online")]
    [InlineData("memhp_default_state=offline", "offline")]
    [InlineData("memhp_default_state=online_kernel", "online_kernel")]
    [InlineData("memhp_default_state=online_movable", "online_movable")]
    public void AfterTheProbe_ItIsTheDefault(string commandLine, string state) => Online("7.3", commandLine).Text(State).Should().Be(state);

    [Fact]
    public void WithoutKmem_ItIsGone()
    {
        MachineSession session = Unbound("7.3");
        session.Read(State).Error.Should().Be(Errno.ENOENT);

        session.Write(Drivers + "device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Read(State).Error.Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void Unplugged_IsOfflinedAndRemoved_AndComesBackInAnotherKind()
    {
        MachineSession session = Online("7.3");

        session.Write(State, "unplugged").Should().Be(Errno.Ok);
        (session.Blocks(), session.Text(State), session.Text("/sys/devices/system/node/online")).Should().Be(("", "unplugged", "0"));
        session.Around(new Hpa(Start)).Should().EndWith("> region0");
        session.DriverOf("dax0.0").Should().Be("kmem");
        session.Write(State, "unplugged").Should().Be(Errno.Ok, "nothing is to be done");

        session.Write(State, "online_movable").Should().Be(Errno.Ok);
        (session.Blocks(), session.Text(State)).Should().Be((AllMovable, "online_movable"));
        session.Write(State, "online_movable").Should().Be(Errno.Ok);
        session.Write(State, "online_kernel").Should().Be(Errno.EBUSY, "it must be unplugged first");
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.KmemStateBusy);
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("movable")]
    public void OtherWords_AreRefused(string word)
    {
        MachineSession session = Offline("7.3");

        session.Write(State, word).Should().Be(Errno.EINVAL);

        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.KmemStateWord);
    }

    /// <summary>K-40: all of it goes or nothing. Where one block cannot, those before it come back in the kind of zone that they had.</summary>
    [Theory]
    [InlineData(PageUse.Pinned, Errno.EINTR)]
    [InlineData(PageUse.Kernel, Errno.EBUSY)]
    public void WhereABlockCannotGo_AllComeBack(PageUse use, Errno error)
    {
        MachineSession session = Offline("7.3");
        session.SetBlocks("online_movable", 512);
        session.SetBlocks("online_kernel", 513, 514);
        session.Take(32768, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel, "first block of Normal").Should().Be(Errno.Ok);
        session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1), use, "second block").Should().Be(Errno.Ok);
        session.End("first block of Normal").Should().Be(Errno.Ok);
        string before = session.Blocks();
        List<string> states = Watch(session);

        session.Write(State, "unplugged").Should().Be(error);

        states.Should().Contain("Offlined Pages 32768", "blocks were taken out before the one that stayed");
        (session.Blocks(), session.Text(State)).Should().Be((before, "offline"));
        before.Should().StartWith("512oM 513o").And.NotContain("513oM");
        session.Where("second block").Should().Be("1.Normal 10");
        PageInvariants.Broken(session).Should().BeNull();
        session.End("second block");
        session.Write(State, "unplugged").Should().Be(Errno.Ok);
    }

    private static List<string> Watch(MachineSession session)
    {
        LogSink sink = new();
        session.Machine.Simulation.AddSink(sink);
        return sink.Lines;
    }

    /// <summary>K-41: single blocks do not change it, and what counts when the driver goes is their own state.</summary>
    [Fact]
    public void SingleBlocks_DoNotChangeIt()
    {
        MachineSession session = Offline("7.3");
        session.SetBlocks("online_movable", 515);
        session.Text(State).Should().Be("offline");

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Blocks().Should().Be("512- 513- 514- 515oM 516- 517- 518- 519-");
    }

    [Fact]
    public void UnpluggedDevice_LeavesNothingBehind()
    {
        MachineSession session = Online("7.3");
        session.Write(State, "unplugged").Should().Be(Errno.Ok);

        session.Write(Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);
        session.Text(State).Should().Be("online");
    }
}
