using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Firmware;
using CxlSim.Hardware;
using CxlSim.Platform;

namespace CxlSim.Kernel.Tests;

/// <summary>A machine up to the hand-over, which a test may spoil before the kernel boots.</summary>
internal sealed class HostileBoot
{
    /// <summary>A sound boot of these machines takes some thousand.</summary>
    private const int MostEvents = 200_000;

    private readonly PlatformDescription _platform;
    private readonly Simulation _simulation = new(2);

    public HostileBoot(PlatformDescription platform)
    {
        _platform = platform;
        Hardware = new HardwareMachine(_simulation, platform);
        Bus = Hardware;
        BoardFirmware firmware = new(_simulation, Hardware, platform);
        _simulation.Spawn("firmware", firmware.EnumerateAsync);
        _simulation.RunUntilIdle();
        Handoff = firmware.WriteTables();
        _simulation.AddSink(Log);
    }

    public HardwareMachine Hardware { get; }

    /// <summary>What the kernel gets to see of the hardware.</summary>
    public IHostBus Bus { get; set; }

    public BootHandoff Handoff { get; set; }

    public LogSink Log { get; } = new();

    public LinuxKernel? Kernel { get; private set; }

    /// <summary>Boots, and then tries to make a region. Null where that came to its end, well or not.</summary>
    public string? Run() => Boot() ?? Drive(CreateRegionAsync);

    /// <summary>Boots. Null where that came to its end, well or not.</summary>
    public string? Boot()
    {
        KernelTiming timing = new(SimDuration.Nanoseconds(1), SimDuration.Nanoseconds(1), SimDuration.Nanoseconds(1));
        try
        {
            Kernel = new LinuxKernel(_simulation, Bus, new KernelConfig(new Version(6, 12), new Dictionary<string, string>()), timing, Handoff);
            return Drive(() => BootAsync(new KernelBoot(Kernel)));
        }
        catch (Exception error)
        {
            return Say(error);
        }
    }

    /// <summary>Where the modelled kernel threw, without what called it: failures are told apart by it.</summary>
    private static string PlaceOf(Exception error) => string.Join(
        '\n',
        (error.StackTrace ?? string.Empty).Split('\n').Where(line => line.Contains("CxlSim.Kernel.") && !line.Contains("CxlSim.Kernel.Tests")).Take(2).Select(line => line.Trim()));

    private static string Say(Exception error) => $"{error.GetType().Name}: {error.Message}\n{PlaceOf(error)}";

    private string? Drive(Func<SimTask> body)
    {
        long first = _simulation.EventNumber;
        SimThread thread = _simulation.Spawn("kernel", body);
        try
        {
            while (_simulation.Step())
            {
                if (_simulation.EventNumber - first > MostEvents)
                {
                    return $"more than {MostEvents} events";
                }
            }
        }
        catch (Exception error)
        {
            return Say(error);
        }

        return thread.IsDone ? null : "a thread that waits for ever";
    }

    /// <summary>The kernel's part of the machine's boot sequence.</summary>
    private async SimTask BootAsync(KernelBoot boot)
    {
        boot.MemoryMap();
        boot.NumaNodes();
        boot.ContiguousMemory();
        await boot.MemoryTiersAsync();
        await boot.AcpiScanAsync();
        await boot.PciScanAsync();
        await boot.SoftReservedFallbackAsync();
        await boot.LateInitAsync();
        await boot.DriverProbeAsync(_platform.Kernel.Modules);
    }

    /// <summary>The writes of <c>cxl create-region</c> for two members, as far as there are any; each may be refused.</summary>
    private async SimTask CreateRegionAsync()
    {
        Sysfs sysfs = Kernel!.Sysfs;
        CxlEndpointDecoder[] decoders = [.. Kernel.Cxl.Ports.Where(port => port.IsEndpoint).SelectMany(port => port.Decoders.OfType<CxlEndpointDecoder>().Take(1)).Take(2)];
        string region = sysfs.Read(Given.Devices + "decoder0.0/create_ram_region").Text;
        await sysfs.WriteAsync(Given.Devices + "decoder0.0/create_ram_region", region);
        await sysfs.WriteAsync($"{Given.Devices}{region}/interleave_granularity", "256");
        await sysfs.WriteAsync($"{Given.Devices}{region}/interleave_ways", $"{decoders.Length}");
        await sysfs.WriteAsync($"{Given.Devices}{region}/size", $"{decoders.Length * 0x1000_0000L}");
        for (int position = 0; position < decoders.Length; position++)
        {
            await sysfs.WriteAsync($"{Given.Devices}{decoders[position].Name}/mode", "ram");
            await sysfs.WriteAsync($"{Given.Devices}{decoders[position].Name}/dpa_size", "0x10000000");
            await sysfs.WriteAsync($"{Given.Devices}{region}/target{position}", decoders[position].Name);
        }

        await sysfs.WriteAsync($"{Given.Devices}{region}/commit", "1");
        await sysfs.WriteAsync("/sys/bus/cxl/drivers/cxl_region/bind", region);
        await sysfs.WriteAsync(Given.Devices + "decoder0.0/delete_region", region);
    }
}
