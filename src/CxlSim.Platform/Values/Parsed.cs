namespace CxlSim.Platform.Reading;

/// <summary>A scalar that was understood, or the number of the diagnostic that it earns and what was expected.</summary>
public readonly record struct Parsed<T>(T Value, string? Fault, string Expected)
{
    public static implicit operator Parsed<T>(T value) => new(value, null, "");

    public static Parsed<T> Wrong(string fault, string expected) => new(default!, fault, expected);
}
