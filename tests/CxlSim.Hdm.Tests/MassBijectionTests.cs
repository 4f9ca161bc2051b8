using CxlSim.Core;
using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Hdm.Tests;

/// <summary>On machines that software could have programmed, ten million addresses and more lead to as many bytes of devices, and back.</summary>
public class MassBijectionTests
{
    private const int Machines = 160;
    private const int AddressesPerMachine = 1 << 16;

    /// <summary>A machine that fails is sought again with fewer windows, and printed as its seed and size.</summary>
    private static readonly Arbitrary<(int Seed, int Size)> Cases = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(0, 3)
        select (seed, size),
        example => Enumerable.Range(0, example.size).Select(size => (example.seed, size)));

    private static readonly BatchWidth[] Widths = [.. EveryTranslator.Widths];

    private long _addresses;

    [Fact]
    public void NoTwoAddresses_ShareAByte_AndEachComesBack()
    {
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(Machines).WithReplay(1, 3), Prop.ForAll(Cases, Holds));
        _addresses.Should().BeGreaterThan(10_000_000);
    }

    [Fact]
    public void Machines_HaveEveryLegalShape()
    {
        LegalMachine[] machines = [.. Enumerable.Range(0, 500).Select(seed => new LegalMachine(seed, 3))];
        DecodeWindow[] windows = [.. machines.SelectMany(machine => machine.Windows)];
        EndpointNode[] endpoints = [.. windows.SelectMany(RouteTree.EndpointsBelow)];

        endpoints.SelectMany(endpoint => endpoint.Decoders).Select(decoder => decoder.Ways).Distinct().Should().BeEquivalentTo([1, 2, 3, 4, 6, 8, 12, 16]);
        windows.Select(window => window.Granularity).Distinct().Should().BeEquivalentTo([256, 512, 1024, 2048, 4096, 8192, 16384]);
        windows.Select(window => window.Targets.Count).Distinct().Should().BeEquivalentTo([1, 2, 3, 4, 6, 8, 12, 16]);
        windows.Select(window => window.Xor is null).Distinct().Should().HaveCount(2);
        endpoints.Select(endpoint => endpoint.Decoders.Count).Distinct().Should().BeEquivalentTo([1, 2, 3, 4]);
        windows.Select(window => Depth(window.Targets[0]!)).Distinct().Should().BeEquivalentTo([1, 2, 3, 4]);
        foreach (LegalMachine machine in machines)
        {
            RouteTable table = RouteTable.Compile(machine.Windows);
            table.Faults.Should().BeEmpty();
            machine.Windows.Should().OnlyContain(window => !table.Find(window.Range.Last.Value)!.IsLeftToReference);
        }
    }

    private void Holds((int Seed, int Size) example)
    {
        LegalMachine machine = new(example.Seed, example.Size);
        RouteTable table = RouteTable.Compile(machine.Windows);
        ulong[] addresses = [.. machine.Windows.SelectMany(window => machine.AddressesOf(window, AddressesPerMachine / machine.Windows.Length))];
        if (example.Seed % 8 == 0)
        {
            new Random(example.Seed).Shuffle(addresses); // windows amid each other
        }

        ulong[] dpas = new ulong[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];
        Batch.Translate(table, addresses, dpas, targets, Widths[example.Seed % Widths.Length]);
        _addresses += addresses.Length;
        AllDiffer(dpas, targets).Should().BeTrue("every address hits, and no two share a byte");

        ReferenceTranslator reference = new(machine.Windows);
        for (int i = 0; i < addresses.Length; i += 32)
        {
            bool agrees = EveryTranslator.Answer(reference.Translate(new Hpa(addresses[i]))) == (targets[i], dpas[i]);
            agrees.Should().BeTrue("the reference decides over 0x{0:x}", addresses[i]);
            bool comesBack = table.Reverse(targets[i], new Dpa(dpas[i])) == new Hpa(addresses[i]);
            comesBack.Should().BeTrue("0x{0:x} is the way back", addresses[i]);
        }
    }

    private static bool AllDiffer(ulong[] dpas, ushort[] targets)
    {
        ulong[] places = [.. dpas];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] |= (ulong)targets[i] << 48;
        }

        Array.Sort(places);
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] == places[i - 1])
            {
                return false;
            }
        }

        return places[^1] >> 48 < RouteTable.FirstMiss;
    }

    private static int Depth(DecodeNode node) => 1 + (node is PortNode port ? Depth(port.Ports.Values.First()) : 0);
}
