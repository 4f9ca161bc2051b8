namespace CxlSim.Kernel;

/// <summary>One of the values that a check compared.</summary>
/// <param name="Name">What it is, in the field's own words: <c>region ways</c>.</param>
/// <param name="Value">As the kernel had it; sizes and addresses with their unit.</param>
public readonly record struct NamedValue(string Name, string Value)
{
    public static implicit operator NamedValue((string Name, string Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator NamedValue((string Name, int Value) pair) => new(pair.Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pair.Value}"));

    public override string ToString() => $"{Name} {Value}";
}
