using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Where an address went.</summary>
/// <param name="Outcome">Whether a device answers; the other members hold only then.</param>
/// <param name="Device">The device's number.</param>
/// <param name="Address">The byte of the device.</param>
/// <param name="Run">How many bytes from there on are surely neighbours on the same device; at least one.</param>
public readonly record struct Translation(DecodeOutcome Outcome, int Device, Dpa Address, ByteSize Run)
{
    internal static Translation Miss(DecodeOutcome outcome) => new(outcome, 0, default, default);
}
