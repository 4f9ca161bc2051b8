namespace CxlSim.Hdm;

/// <summary>Translates blocks of addresses of one segment with one kind of vector.</summary>
internal interface IBlockTranslator
{
    /// <summary>Addresses in a block.</summary>
    static abstract int Lanes { get; }

    /// <summary>Whether it does such XOR arithmetic itself, and need not be given transformed addresses.</summary>
    static abstract bool Transforms(XorKind kind);

    /// <summary>Goes on block by block until one has an address that is not of the segment, or less than a block is left.</summary>
    /// <param name="route">The segment's arithmetic.</param>
    /// <param name="addresses">What to translate.</param>
    /// <param name="dpas">Of the same length.</param>
    /// <param name="targets">Of the same length.</param>
    /// <param name="outside">A bit for each address of the last block that is not of the segment; what was written for it means nothing.</param>
    /// <returns>How many addresses are done.</returns>
    static abstract int Run(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside);
}
