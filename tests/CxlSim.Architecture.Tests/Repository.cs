namespace CxlSim.Architecture.Tests;

/// <summary>The checkout's own files.</summary>
internal static class Repository
{
    private static readonly string[] Output = ["artifacts", "BenchmarkDotNet.Artifacts", ".git"];

    public static string Root { get; } = RepositoryRoot.Find();

    /// <summary>What belongs to the project, by its path from the root: everything but what builds leave.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !Output.Contains(path.Split(Path.DirectorySeparatorChar)[0]) && !path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, Path.Combine(Root, path))),
    ];

    public static IEnumerable<SourceFile> Code(string folder) =>
        Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));
}
