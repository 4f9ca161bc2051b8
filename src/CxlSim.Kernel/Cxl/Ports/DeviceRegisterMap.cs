using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Where the three parts of a device register block lie (<c>drivers/cxl/cxl.h</c>, struct cxl_device_reg_map).</summary>
public sealed record DeviceRegisterMap(AddressRange Status, AddressRange Mailbox, AddressRange MemoryDevice);
