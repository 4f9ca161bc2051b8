using System.Globalization;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>The kernel's decoders, a line each: name, range, interleave, whether it is committed, its region.</summary>
public static class DecoderTable
{
    public static string Render(LinuxKernel kernel) => string.Concat(kernel.Cxl.Bus.Devices.OfType<CxlDecoder>().Select(Line));

    private static string Line(CxlDecoder decoder)
    {
        string region = decoder is CxlEndpointDecoder { Region: { } member } ? $" {member.Name}" : string.Empty;
        string dpa = decoder is CxlEndpointDecoder { Dpa: { } taken } ? $" dpa {taken.Start} {taken.Size}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{decoder.Name} {decoder.Range?.ToString() ?? "no range"} x{decoder.Ways} of {decoder.Granularity}{(decoder.IsEnabled ? " committed" : "")}{(decoder.IsLocked ? " locked" : "")}{dpa}{region}\n");
    }
}
