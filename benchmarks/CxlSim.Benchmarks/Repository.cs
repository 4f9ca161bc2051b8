namespace CxlSim.Benchmarks;

/// <summary>The checkout that the benchmarks run in: they boot its platform files.</summary>
internal static class Repository
{
    public static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxlSim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no CxlSim.sln above " + AppContext.BaseDirectory);
    }
}
