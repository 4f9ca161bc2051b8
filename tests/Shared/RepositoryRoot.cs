namespace CxlSim.Tests;

/// <summary>The folder of the checkout, so that tests find fixtures and platform files wherever they are built.</summary>
internal static class RepositoryRoot
{
    private const string Marker = "CxlSim.sln";

    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds {Marker}");
    }

    /// <summary>A file by its path from the root.</summary>
    public static string File(string path) => Path.Combine(Find(), path);

    /// <summary>A recorded state below tests/golden, for instance "01-single-volatile", "00-boot".</summary>
    public static string Golden(params string[] parts) => Path.Combine([Find(), "tests", "golden", .. parts]);
}
