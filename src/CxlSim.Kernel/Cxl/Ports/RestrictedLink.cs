using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The link of a CXL 1.1 device, whose registers stand in the RCRB only (<c>rcd_pcie_cap_emit</c> in <c>drivers/cxl/pci.c</c>).</summary>
/// <param name="cxl">Has the downstream port.</param>
/// <param name="hostBridge">Above the device.</param>
public sealed class RestrictedLink(CxlCore cxl, Device hostBridge)
{
    /// <summary>A register in hexadecimal; ENXIO where the host bridge is no CXL 1.1 one, or its block has no express capability.</summary>
    /// <param name="offset">From the start of the express capability.</param>
    /// <param name="width">2 or 4 bytes.</param>
    public AttributeValue Show(int offset, int width)
    {
        if (cxl.FindDport(hostBridge) is not { Rcrb: { } rcrb } || Rcrb.FindExpress(cxl.Core, rcrb) is not { } express)
        {
            return Errno.ENXIO;
        }

        Hpa register = express + new ByteSize((ulong)offset);
        uint word = (uint)cxl.Core.HostBus.ReadRegister(new Hpa(register.Value & ~3UL), 4);
        ulong value = width == 4 ? word : Bits.Low16(word >> (8 * (int)(register.Value & 3)));
        return value.ToString("x", CultureInfo.InvariantCulture);
    }
}
