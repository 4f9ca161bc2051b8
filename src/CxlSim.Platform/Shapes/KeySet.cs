using CxlSim.Core;

namespace CxlSim.Platform.Language;

/// <summary>The keys of one kind of mapping.</summary>
/// <param name="What">What the mapping describes, for messages: <c>a window</c>.</param>
/// <param name="Keys">In the order in which a reader of the documentation wants them.</param>
internal sealed record KeySet(string What, IReadOnlyList<Key> Keys)
{
    public IEnumerable<string> All => Keys.Select(key => key.Name);

    public IEnumerable<string> Required => Keys.Where(key => key.IsRequired).Select(key => key.Name);

    /// <summary>The bounds of a key that takes a number, a list of them or rows of them.</summary>
    public NumberShape Range(string key) => Within(Keys.Single(known => known.Name == key).Shape) ?? throw new SimulatorBugException($"'{key}' of {What} to take a number");

    public bool Knows(string key) => Keys.Any(known => known.Name == key);

    private static NumberShape? Within(Shape shape) => shape switch
    {
        NumberShape number => number,
        ListShape list => Within(list.Item),
        EitherShape either => either.Shapes.Select(Within).FirstOrDefault(range => range is not null),
        _ => null,
    };
}
