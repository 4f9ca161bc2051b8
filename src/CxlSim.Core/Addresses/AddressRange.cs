namespace CxlSim.Core;

/// <summary>A range of host physical addresses: start and size, never empty, never past the end of the address space.</summary>
public readonly record struct AddressRange
{
    private AddressRange(Hpa start, ByteSize size)
    {
        Start = start;
        Size = size;
    }

    /// <summary>The first byte.</summary>
    public Hpa Start { get; }

    /// <summary>Bytes, at least one.</summary>
    public ByteSize Size { get; }

    /// <summary>The last byte, inclusive, as iomem and the tables' readers print it.</summary>
    public Hpa Last => new(Start.Value + (Size.Bytes - 1));

    /// <summary>A range that is known to be legal; anything else is a bug of ours.</summary>
    public static AddressRange Of(Hpa start, ByteSize size)
    {
        Check.That(TryCreate(start, size, out AddressRange range), "an address range of {1} at {0}", start, size);
        return range;
    }

    /// <summary>Both ends inclusive. A backward range and the whole address space wrap to a size that <see cref="Of"/> refuses.</summary>
    public static AddressRange FromBounds(Hpa start, Hpa last) => Of(start, new ByteSize(unchecked(last.Value - start.Value + 1)));

    /// <summary>False for an empty range and for one whose last byte does not fit into 64 bits.</summary>
    public static bool TryCreate(Hpa start, ByteSize size, out AddressRange range)
    {
        range = new AddressRange(start, size);
        return !size.IsZero && ulong.MaxValue - start.Value >= size.Bytes - 1;
    }

    /// <summary>Whether the byte at an address is one of it.</summary>
    public bool Contains(Hpa address) => address >= Start && address <= Last;

    /// <summary>Whether all bytes of another range are in it.</summary>
    public bool Contains(AddressRange other) => other.Start >= Start && other.Last <= Last;

    /// <summary>Whether they have a byte in common.</summary>
    public bool Overlaps(AddressRange other) => other.Start <= Last && other.Last >= Start;

    /// <summary>As the kernel prints a range: <c>[mem 0x490000000-0x58fffffff]</c> without the frame.</summary>
    public override string ToString() => $"{Start}-{Last}";
}
