using System.CommandLine;

namespace CxlSim.Cli;

/// <summary>The <c>--record</c> of every command that does something to a machine.</summary>
internal static class RecordOption
{
    public static Option<string?> Create() => new("--record")
    {
        HelpName = "file",
        Description = "Keep platform, options and every request in a file, for 'cxlsim replay FILE'.",
    };
}
