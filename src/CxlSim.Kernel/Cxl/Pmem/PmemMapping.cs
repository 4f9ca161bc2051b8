using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>What one device gives to a persistent region (<c>struct cxl_pmem_region_mapping</c>).</summary>
public sealed record PmemMapping(CxlMemdev Memdev, Dpa Start, ByteSize Size);
