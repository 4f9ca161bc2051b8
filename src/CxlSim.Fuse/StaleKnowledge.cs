namespace CxlSim.Fuse;

/// <summary>What the host's kernel was told and is no longer so.</summary>
/// <param name="Names">Names in a directory that now lead elsewhere, or nowhere, or to something at last; those deepest in the tree first.</param>
/// <param name="Directories">Directories that list other names now.</param>
internal sealed record StaleKnowledge(IReadOnlyList<(ulong Parent, string Name)> Names, IReadOnlyList<ulong> Directories);
