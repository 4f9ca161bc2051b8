namespace CxlSim.Conformance;

/// <summary>Turns the text of one kind of captured file into facts: a key that says which, a value that says what.</summary>
public interface IFactReader
{
    IReadOnlyDictionary<string, string> Read(string text, StableNames names);
}
