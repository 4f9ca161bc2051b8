namespace CxlSim.Platform;

/// <summary>Security of a device that has passphrases.</summary>
/// <param name="SecureErase">Whether it has Secure Erase.</param>
/// <param name="Passphrase">The user's, set before power-on: the device comes up locked. Null for none.</param>
public sealed record SecurityDescription(bool SecureErase, string? Passphrase);
