using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hdm;

// Two devices below one host bridge, 256 bytes in turn, from what their decoders' registers hold.
const ulong Base = 0x1000000000;
const ulong Size = 0x40000000;
HdmDecoder spread = HdmDecoder.FromRegisters(number: 0, Base, Size, control: 0x10, targetList: 0x0100);
HdmDecoder share = HdmDecoder.FromRegisters(number: 0, Base, Size, control: 0x10, targetList: 0);
PortNode bridge = new([spread], new Dictionary<byte, DecodeNode> { [0] = new EndpointNode(0, [share]), [1] = new EndpointNode(1, [share]) });
RouteTable routes = RouteTable.Compile([new DecodeWindow(spread.Range, 256, [bridge])]);

foreach (ulong offset in new ulong[] { 0x0, 0x100, 0x210, Size })
{
    Hpa address = new(Base + offset);
    Translation found = routes.Translate(address);
    Console.WriteLine(found.Outcome == DecodeOutcome.Hit
        ? $"{address} -> device {found.Device}, DPA {found.Address}, back {routes.Reverse(found.Device, found.Address)}"
        : $"{address} -> {found.Outcome}");
}

Simulation simulation = new(seed: 0);
simulation.Spawn("waits", async () =>
{
    await simulation.Delay(SimDuration.Milliseconds(20));
    Console.WriteLine($"{simulation.Now.ToString().Trim()} s");
});
simulation.RunUntilIdle();
