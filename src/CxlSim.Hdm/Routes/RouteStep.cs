using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>One level of an address's way, for explanations.</summary>
/// <param name="Node">The bridge, switch or device; null for the window.</param>
/// <param name="Window">The window that the way began with.</param>
/// <param name="Address">The address as this level sees it.</param>
/// <param name="Decoder">The decoder that took it; null in a passthrough bridge, for a window, and where none did.</param>
/// <param name="Position">Which target's turn it was; null at an endpoint and where none was chosen.</param>
/// <param name="Outcome">A hit, or why the way ended here.</param>
public sealed record RouteStep(DecodeNode? Node, DecodeWindow Window, Hpa Address, HdmDecoder? Decoder, int? Position, DecodeOutcome Outcome);
