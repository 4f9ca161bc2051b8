namespace CxlSim.Cli;

/// <summary>Writes a file that is whole or not there.</summary>
internal static class WholeFile
{
    public const string StandardOutput = "/dev/stdout";

    /// <summary>Throws what writing a file throws; then the file that was there before is there still.</summary>
    public static void Write(string path, string text)
    {
        if (path is StandardOutput or "/dev/fd/1")
        {
            Console.Out.Write(text); // opened anew it would write over what is there already
            return;
        }

        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            using StreamWriter writer = new(File.Open(path, FileMode.Open, FileAccess.Write)); // a pipe or the terminal: nothing can be put in its place
            writer.Write(text);
            return;
        }

        Interrupt.Hold(() => Replace(path, text));
    }

    private static void Replace(string path, string text)
    {
        string half = path + ".part";
        try
        {
            File.Delete(half); // a link that somebody has put there is not followed
            using (StreamWriter writer = new(File.Open(half, FileMode.CreateNew, FileAccess.Write)))
            {
                writer.Write(text);
            }

            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half); // of one that could not be written; else it has been moved
        }
    }
}
