namespace CxlSim.Spec.Cxl;

/// <summary>Coherent Device Attribute Table: a device's own HMAT, read through DOE (CDAT 1.04; CXL r3.1 8.1.11).</summary>
public static class CdatRecords
{
    /// <summary>DOE protocol: vendor CXL, object type table access.</summary>
    public const byte DoeObjectType = 2;

    /// <summary>Port number of an SSLBIS entry that stands for the upstream port.</summary>
    public const ushort SslbisUpstream = 0x100;

    /// <summary>Port number of an SSLBIS entry that stands for any port.</summary>
    public const ushort SslbisAny = 0xffff;

    public const byte DataAccessLatency = 0;
    public const byte DataReadLatency = 1;
    public const byte DataWriteLatency = 2;
    public const byte DataAccessBandwidth = 3;
    public const byte DataReadBandwidth = 4;
    public const byte DataWriteBandwidth = 5;

    /// <summary>The entry handle that ends a read of the table.</summary>
    public const ushort LastHandle = 0xffff;
}
