using System.CommandLine;

namespace CxlSim.Cli;

/// <summary>The <c>--set</c> of every command that reads a platform file.</summary>
internal static class SetOption
{
    public static Option<string[]> Create() => new("--set")
    {
        HelpName = "key=value",
        Description = "Say something else than the platform file: kernel.cmdline=memhp_default_state=offline, windows[0].size=8GiB, devices.card.volatile=2GiB. May be repeated.",
        DefaultValueFactory = _ => [],
    };
}
