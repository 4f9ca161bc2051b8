namespace CxlSim.Cli;

/// <summary>A command of the debugger.</summary>
/// <param name="Name">Its full name; any beginning that no other has will do.</param>
/// <param name="Short">Its abbreviation, which wins over beginnings; empty for none.</param>
/// <param name="Arguments">What may stand behind it.</param>
/// <param name="Help">What it does.</param>
/// <param name="Do">Does it, with what stands behind; false where that makes no sense, which is printed then.</param>
internal sealed record DebugVerb(string Name, string Short, string Arguments, string Help, Func<string, bool> Do)
{
    /// <summary>An empty line at a terminal does it once more.</summary>
    public bool IsMove { get; init; }

    /// <summary>What the next word may be, from the words before it (the command itself left out) and what is typed of it.</summary>
    public Func<string[], string, IEnumerable<string>> Words { get; init; } = (_, _) => [];

    public string Usage => Arguments.Length == 0 ? Name : $"{Name} {Arguments}";
}
