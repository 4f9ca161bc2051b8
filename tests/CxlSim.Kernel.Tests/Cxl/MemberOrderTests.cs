using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Whatever order is wanted, the one that is found makes a region; and where none does, none is found.</summary>
public sealed class MemberOrderTests
{
    private static readonly string[] Devices = ["b0r0d0", "b0r0d1", "b0r1d0", "b0r1d1", "b1r0d0", "b1r0d1", "b1r1d0", "b1r1d1"];

    /// <summary>Two host bridges with two root ports, each with a switch of two devices (recording 05).</summary>
    private const string EightDevices = """
        host_bridges:
          - {uid: 12, bus: 0x0c, root_ports: [
             {switch: {ports: [{type3: {id: b0r0d0, volatile: 256MiB}}, {type3: {id: b0r0d1, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: b0r1d0, volatile: 256MiB}}, {type3: {id: b0r1d1, volatile: 256MiB}}]}}]}
          - {uid: 40, bus: 0x40, root_ports: [
             {switch: {ports: [{type3: {id: b1r0d0, volatile: 256MiB}}, {type3: {id: b1r0d1, volatile: 256MiB}}]}},
             {switch: {ports: [{type3: {id: b1r1d0, volatile: 256MiB}}, {type3: {id: b1r1d1, volatile: 256MiB}}]}}]}
        windows: [{base: 0x490000000, size: 4GiB, targets: [12, 40], restrictions: 0xf}]
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void AnyOrder_LeadsToOneThatIsAccepted(int seed)
    {
        string[] wanted = [.. Devices];
        new Random(seed).Shuffle(wanted);
        MachineSession session = Given.Booted(EightDevices);

        string[] found = [.. Find(session, wanted)!];

        found.Should().BeEquivalentTo(Devices);
        StepOutcome outcome = new StepRunner(session).Run(Given.Platform($"{EightDevices}\nsteps: [create-region: {{decoder: decoder0.0, memdevs: [{string.Join(", ", found)}]}}]").Steps[0]);
        outcome.Error.Should().Be(Errno.Ok, outcome.Refusal?.Reason);
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
    }

    /// <summary>An order that would do is left as it is.</summary>
    [Theory]
    [InlineData("b0r0d0 b1r0d0")]
    [InlineData("b0r1d1 b1r0d1")]
    [InlineData("b0r1d0 b1r1d0 b0r0d0 b1r0d0")]
    [InlineData("b0r0d0 b1r0d0 b0r0d1 b1r0d1")]
    public void GoodOrder_Stays(string wanted) => Find(Given.Booted(EightDevices), wanted.Split(' ')).Should().Equal(wanted.Split(' '));

    [Theory]
    [InlineData("b0r0d0")]
    [InlineData("b0r0d0 b0r1d0")]
    [InlineData("b0r0d0 b1r0d0 b0r0d1")]
    [InlineData("b0r0d0 b1r0d0 b0r0d1 b1r0d1 b0r1d0 b1r1d0")]
    [InlineData("b0r0d0 b0r0d0 b1r0d0 b1r0d0")]
    public void MembersThatMakeNoRegion_HaveNoOrder(string wanted) => Find(Given.Booted(EightDevices), wanted.Split(' ')).Should().BeNull();

    private static IEnumerable<string>? Find(MachineSession session, string[] names)
    {
        CxlMemdev Named(string name) => session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single(memdev => memdev.Pci!.Address == session.Machine.Devices.Single(device => device.Id == name).Address);
        CxlRootDecoder window = (CxlRootDecoder)session.Kernel.Cxl.Bus.Find("decoder0.0")!;
        return MemberOrder.Find(window, [.. names.Select(name => Named(name).Endpoint!)])?.Select(port => session.Machine.Devices.Single(device => device.Address == ((CxlMemdev)port.Uport).Pci!.Address).Id);
    }
}
