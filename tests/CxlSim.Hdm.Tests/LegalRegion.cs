using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>What a window and the decoders below it have in common.</summary>
/// <param name="Range">Of the window and of every decoder.</param>
/// <param name="Ways">Devices that share it.</param>
/// <param name="Granularity">The window's and the devices'.</param>
/// <param name="BridgeGranularity">Bytes after which a bridge goes on to its next port.</param>
/// <param name="OnlyBridge">The bridge that has all of it; null for all bridges.</param>
/// <param name="XorMaps">Null for modulo arithmetic.</param>
internal sealed record LegalRegion(AddressRange Range, int Ways, int Granularity, int BridgeGranularity, int? OnlyBridge, ulong[]? XorMaps)
{
    public bool Covers(int bridge) => OnlyBridge is null || OnlyBridge == bridge;
}
