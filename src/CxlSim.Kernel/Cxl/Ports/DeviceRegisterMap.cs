using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Where the three parts of a device register block lie.</summary>
public sealed record DeviceRegisterMap(AddressRange Status, AddressRange Mailbox, AddressRange MemoryDevice);
