using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>All ways to translate, held against each other: the reference, the table for one address, and batches of every width.</summary>
internal sealed class EveryTranslator
{
    /// <summary>More than the widest block, so that the address meets whole blocks and the rest.</summary>
    private const int Copies = 37;

    private readonly ReferenceTranslator _reference;

    public EveryTranslator(params DecodeWindow[] windows)
    {
        _reference = new ReferenceTranslator(windows);
        Table = RouteTable.Compile(windows);
    }

    public RouteTable Table { get; }

    public static IEnumerable<BatchWidth> Widths => Enum.GetValues<BatchWidth>().Where(width => width <= Batch.Widest);

    /// <summary>What a batch should give for it.</summary>
    public static (ushort Target, ulong Dpa) Answer(Translation translation) => (TargetOf(translation), translation.Address.Value);

    public Translation Translate(Hpa address)
    {
        Translation expected = _reference.Translate(address);
        Translation found = Table.Translate(address);
        (found == expected).Should().BeTrue("the reference says {0} of {1}, and the table {2}", expected, address, found);
        foreach (BatchWidth width in Widths)
        {
            (ulong[] dpas, ushort[] targets) = InBatch([.. Enumerable.Repeat(address.Value, Copies)], width);
            bool agrees = Array.TrueForAll(targets, target => target == TargetOf(expected)) && Array.TrueForAll(dpas, dpa => dpa == expected.Address.Value);
            agrees.Should().BeTrue("the reference says {0} of {1}, and a batch of {2} {3} {4}", expected, address, width, targets[0], dpas[0]);
        }

        return expected;
    }

    public Hpa? Reverse(int device, Dpa address)
    {
        Hpa? expected = _reference.Reverse(device, address);
        Table.Reverse(device, address).Should().Be(expected, "the reference says so of {0}", address);
        return expected;
    }

    /// <summary>False where the table, alone or in a batch of any width, and the reference differ over many addresses.</summary>
    public bool AgreesOver(ulong[] addresses)
    {
        Translation[] expected = [.. addresses.Select(address => _reference.Translate(new Hpa(address)))];
        bool agrees = expected.Zip(addresses.Select(address => Table.Translate(new Hpa(address)))).All(pair => pair.Second with { Run = pair.First.Run } == pair.First);
        return agrees && Widths.All(width =>
        {
            (ulong[] dpas, ushort[] targets) = InBatch(addresses, width);
            return expected.Select(TargetOf).SequenceEqual(targets) && expected.Select(translation => translation.Address.Value).SequenceEqual(dpas);
        });
    }

    private (ulong[] Dpas, ushort[] Targets) InBatch(ulong[] addresses, BatchWidth width)
    {
        ulong[] dpas = new ulong[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];
        Batch.Translate(Table, addresses, dpas, targets, width);
        return (dpas, targets);
    }

    private static ushort TargetOf(Translation translation) =>
        (ushort)(translation.Outcome == DecodeOutcome.Hit ? translation.Device : RouteTable.FirstMiss + (int)translation.Outcome);
}
