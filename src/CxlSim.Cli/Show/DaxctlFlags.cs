using System.CommandLine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The flags of <c>daxctl list</c>, under its own names.</summary>
internal sealed class DaxctlFlags
{
    private readonly Option<string?> _region = new("--region", "-r") { HelpName = "region-id", Description = "Regions by number, regionN, or all." };
    private readonly Option<string?> _device = new("--dev", "-d") { HelpName = "dev-id", Description = "Devices by name, numbers (0.0), or all." };
    private readonly Option<bool> _devices = Flag("--devices", "-D", "Devices.");
    private readonly Option<bool> _regions = Flag("--regions", "-R", "Regions.");
    private readonly Option<bool> _mappings = Flag("--mappings", "-M", "Ranges of devices.");
    private readonly Option<bool> _idle = Flag("--idle", "-i", "Devices without a size as well.");
    private readonly Option<bool> _human = Flag("--human", "-u", "Numbers that are easy to read.");

    public IReadOnlyList<Option> All => [_region, _device, _devices, _regions, _mappings, _idle, _human];

    public DaxctlListOptions Read(ParseResult parsed) => new()
    {
        RegionFilter = parsed.GetValue(_region),
        DeviceFilter = parsed.GetValue(_device),
        Devices = parsed.GetValue(_devices),
        Regions = parsed.GetValue(_regions),
        Mappings = parsed.GetValue(_mappings),
        Idle = parsed.GetValue(_idle),
        Human = parsed.GetValue(_human),
    };

    private static Option<bool> Flag(string name, string letter, string description) => new(name, letter) { Description = description, Arity = ArgumentArity.Zero };
}
