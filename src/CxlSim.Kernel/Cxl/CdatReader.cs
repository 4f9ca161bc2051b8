using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Reads a device's CDAT, entry by entry, through DOE (<c>drivers/cxl/core/pci.c</c>, read_cdat_data).</summary>
public static class CdatReader
{
    private const int MaxEntries = 4096;

    /// <summary>The table's bytes; empty where it cannot be read, null where there is no mailbox.</summary>
    public static async SimTask<byte[]?> ReadAsync(LinuxKernel kernel, CxlPort port, PciDevice pci)
    {
        int offset = pci.FindExtendedCapability(PciCapability.Doe);
        if (offset == 0)
        {
            return null;
        }

        DoeClient doe = new(kernel.Simulation, pci, offset);
        List<byte> table = [];
        uint handle = 0;
        for (int i = 0; i < MaxEntries && handle != CdatRecords.LastHandle; i++)
        {
            if (await doe.ExchangeAsync(Dvsec.VendorCxl, CdatRecords.DoeObjectType, [handle << 16]) is not { Length: > 1 } answer)
            {
                kernel.Log.Warning(port, "CDAT data read error");
                return [];
            }

            byte[] entry = new byte[(answer.Length - 1) * 4];
            Buffer.BlockCopy(answer, 4, entry, 0, entry.Length);
            table.AddRange(entry);
            handle = answer[0] >> 16;
        }

        kernel.Log.Debug(port, $"CDAT length {table.Count}");
        return [.. table];
    }
}
