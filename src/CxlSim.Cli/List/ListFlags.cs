using System.CommandLine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>The flags of <c>cxl list</c>, under its own names.</summary>
internal sealed class ListFlags
{
    private readonly Option<string?> _memdev = Filter("--memdev", "-m", "memdevs", "Memdevs by name, number or host.");
    private readonly Option<string?> _serial = Filter("--serial", "-s", "serials", "Memdevs by serial number.");
    private readonly Option<string?> _bus = Filter("--bus", "-b", "buses", "Buses by name, number or provider.");
    private readonly Option<string?> _port = Filter("--port", "-p", "ports", "Ports by name, number, host, or root, switch, endpoint.");
    private readonly Option<string?> _endpoint = Filter("--endpoint", "-e", "endpoints", "Endpoints by name, number or host.");
    private readonly Option<string?> _decoder = Filter("--decoder", "-d", "decoders", "Decoders by name, or root, switch, endpoint.");
    private readonly Option<string?> _region = Filter("--region", "-r", "regions", "Regions by name or number.");
    private readonly Option<bool> _memdevs = Flag("--memdevs", "-M", "Memdevs.");
    private readonly Option<bool> _buses = Flag("--buses", "-B", "Buses.");
    private readonly Option<bool> _ports = Flag("--ports", "-P", "Ports.");
    private readonly Option<bool> _endpoints = Flag("--endpoints", "-E", "Endpoints.");
    private readonly Option<bool> _decoders = Flag("--decoders", "-D", "Decoders.");
    private readonly Option<bool> _regions = Flag("--regions", "-R", "Regions.");
    private readonly Option<bool> _single = Flag("--single", "-S", "Of ports that -p names, not what lies below them.");
    private readonly Option<bool> _targets = Flag("--targets", "-T", "Dports of ports, targets of decoders, members of regions.");
    private readonly Option<bool> _dax = Flag("--dax", "-X", "Dax devices of regions.");
    private readonly Option<bool> _idle = Flag("--idle", "-i", "What is disabled as well.");
    private readonly Option<bool> _human = Flag("--human", "-u", "Numbers that are easy to read.");
    private readonly Option<bool> _health = Flag("--health", "-H", "Health of memdevs.");
    private readonly Option<bool> _partition = Flag("--partition", "-I", "Partitions of memdevs.");
    private readonly Option<bool> _firmware = Flag("--firmware", "-F", "Firmware of memdevs.");
    private readonly Option<bool> _alertConfig = Flag("--alert-config", "-A", "Alerts of memdevs.");
    private readonly Option<bool> _mediaErrors = Flag("--media-errors", "-L", "Media errors of memdevs and regions.");
    private readonly Option<bool> _verbose = Flag("--verbose", "-v", "More detail; -vv and -vvv show more still.");

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _memdev, _serial, _memdevs, _bus, _buses, _port, _ports, _single, _endpoint, _endpoints, _decoder, _decoders, _targets, _region, _regions,
            _dax, _idle, _human, _health, _partition, _firmware, _alertConfig, _mediaErrors, _verbose,
        ];
        Array.ForEach(options, command.Add);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_single) && result.GetResult(_port) is null)
            {
                result.AddError("-S/--single expects a port filter: -p/--port=");
            }
        });
    }

    public CxlListOptions Read(ParseResult parsed) => new()
    {
        MemdevFilter = parsed.GetValue(_memdev),
        SerialFilter = parsed.GetValue(_serial),
        BusFilter = parsed.GetValue(_bus),
        PortFilter = parsed.GetValue(_port),
        EndpointFilter = parsed.GetValue(_endpoint),
        DecoderFilter = parsed.GetValue(_decoder),
        RegionFilter = parsed.GetValue(_region),
        Memdevs = parsed.GetValue(_memdevs),
        Buses = parsed.GetValue(_buses),
        Ports = parsed.GetValue(_ports),
        Endpoints = parsed.GetValue(_endpoints),
        Decoders = parsed.GetValue(_decoders),
        Regions = parsed.GetValue(_regions),
        Single = parsed.GetValue(_single),
        Targets = parsed.GetValue(_targets),
        Dax = parsed.GetValue(_dax),
        Idle = parsed.GetValue(_idle),
        Human = parsed.GetValue(_human),
        Health = parsed.GetValue(_health),
        Partition = parsed.GetValue(_partition),
        Firmware = parsed.GetValue(_firmware),
        AlertConfig = parsed.GetValue(_alertConfig),
        MediaErrors = parsed.GetValue(_mediaErrors),
        Verbose = parsed.GetResult(_verbose)?.IdentifierTokenCount ?? 0,
    };

    private static Option<string?> Filter(string name, string letter, string what, string description) => new(name, letter) { HelpName = what, Description = description };

    private static Option<bool> Flag(string name, string letter, string description) => new(name, letter) { Description = description, Arity = ArgumentArity.Zero };
}
