namespace CxlSim.Cli;

/// <summary>Writes a file that is whole or not there.</summary>
internal static class WholeFile
{
    /// <summary>What stands for standard output, and of an input for standard input.</summary>
    public const string Dash = "-";

    /// <summary>Standard output, by each of its names: opened anew it would be written over from its beginning.</summary>
    public static bool IsStandardOutput(string path) => path is Dash or "/dev/stdout" or "/dev/fd/1";

    /// <summary>Throws what writing a file throws; then the file that was there before is there still.</summary>
    public static void Write(string path, string text)
    {
        if (IsStandardOutput(path))
        {
            Console.Out.Write(text);
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
        try
        {
            using (StreamWriter writer = HalfFile.Create(path))
            {
                writer.Write(text);
            }

            File.Move(HalfFile.Of(path), path, overwrite: true);
        }
        finally
        {
            File.Delete(HalfFile.Of(path)); // of one that could not be written; else it has been moved
        }
    }
}
