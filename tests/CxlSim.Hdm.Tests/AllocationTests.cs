using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Translation leaves nothing for the collector, whatever the arithmetic, and whether it hits or misses.</summary>
public class AllocationTests
{
    private static readonly Hpa Start = new(0x30_0000_0000);

    public static TheoryData<string> Kinds => ["power of two", "three ways", "XOR", "XOR that only the reference knows", "no decoder"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoWayToTranslate_Allocates(string kind)
    {
        RouteTable table = RouteTable.Compile([WindowOf(kind)]);
        Hpa[] addresses = [.. Enumerable.Range(0, 100).Select(i => Start + new ByteSize(0x1000_1234UL * (ulong)i % 0x7000_0000))];
        Dpa[] dpas = new Dpa[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];
        Hpa[] back = new Hpa[addresses.Length];

        TranslateAll(table, addresses, dpas, targets, back);
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TranslateAll(table, addresses, dpas, targets, back);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // A collection that another thread causes counts what is left of this thread's allocation context: the least of some tries is what the code takes.
        new[] { Allocated(), Allocated(), Allocated() }.Min().Should().Be(0);
    }

    private static void TranslateAll(RouteTable table, Hpa[] addresses, Dpa[] dpas, ushort[] targets, Hpa[] back)
    {
        table.Translate(addresses, dpas, targets);
        table.Reverse(targets, dpas, back);
        foreach (Hpa address in addresses)
        {
            Translation found = table.Translate(address);
            table.Reverse(found.Device, found.Address);
        }
    }

    private static DecodeWindow WindowOf(string kind)
    {
        int ways = kind == "three ways" ? 3 : 4;
        ulong[]? maps = kind switch
        {
            "XOR" => [0x101100, 0x202200],
            "XOR that only the reference knows" => [0x101100, 0x4000_0000], // reaches past the window's 3 * 512 MiB
            _ => null,
        };
        AddressRange range = AddressRange.Of(Start, ByteSize.MiB(1536));
        HdmDecoder[] decoders = kind == "no decoder" ? [] : [new HdmDecoder(range, ways, 256, 0)];
        return new DecodeWindow(range, 256, [.. Enumerable.Range(0, ways).Select(device => new EndpointNode(device, decoders))], maps);
    }
}
