namespace CxlSim.Platform;

/// <summary>What can be plugged into a downstream port: a Type-3 device or a switch.</summary>
public abstract record PciChildDescription;
