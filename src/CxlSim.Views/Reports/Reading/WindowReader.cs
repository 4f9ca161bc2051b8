using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Reads the fixed memory windows: the decoders of roots.</summary>
internal static class WindowReader
{
    public static IReadOnlyList<ReportWindow> Read(LinuxKernel kernel) => [.. kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>().Select(window => new ReportWindow(
        window.Name, window.Range, window.Ways, window.Granularity,
        [.. window.Targets.Select(target => target.Device.Name)],
        [.. new[] { DecoderMode.Ram, DecoderMode.Pmem }.Where(window.Allows).Select(DecoderModes.Word)],
        window.XorMaps is not null))];
}
