namespace CxlSim.Spec;

/// <summary>A field of a register, as PCI Express and CXL r3.1 draw it.</summary>
/// <param name="High">Its highest bit.</param>
/// <param name="Low">Its lowest bit.</param>
/// <param name="Name">The specification's name for it.</param>
public sealed record FieldLayout(int High, int Low, string Name)
{
    public FieldLayout(int bit, string name)
        : this(bit, bit, name)
    {
    }

    /// <summary>What a value stands for, null where for nothing; null where values are just numbers or flags.</summary>
    public Func<ulong, string?>? Meaning { get; init; }

    /// <summary>A field whose values have names, from 0 on.</summary>
    public static FieldLayout Named(int high, int low, string name, params string[] values) =>
        new(high, low, name) { Meaning = value => value < (ulong)values.Length ? values[value] : null };
}
