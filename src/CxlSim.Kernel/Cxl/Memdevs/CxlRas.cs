using System.Numerics;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Reads the RAS registers of a memdev, tells what they hold, and clears them (<c>drivers/cxl/core/pci.c</c>, from 6.17 on <c>ras.c</c>).</summary>
internal sealed class CxlRas(CxlCore cxl, CxlMemdev memdev, AddressRange registers)
{
    /// <summary>Nothing where no error is noted (<c>cxl_handle_cor_ras</c>).</summary>
    public void TellCorrectable(TraceTask thread)
    {
        uint status = Read(RasRegisters.CorrectableStatus);
        if ((status & RasRegisters.CorrectableBits) != 0)
        {
            Write(RasRegisters.CorrectableStatus, status & RasRegisters.CorrectableBits);
            cxl.TraceEvents.Errors.EmitCorrectable(cxl.Tracing, memdev.Traced, status, thread);
        }
    }

    /// <summary>False where no error is noted (<c>cxl_handle_ras</c>).</summary>
    public bool TellUncorrectable(TraceTask thread)
    {
        uint status = Read(RasRegisters.UncorrectableStatus);
        if ((status & RasRegisters.UncorrectableBits) == 0)
        {
            return false;
        }

        // Of several errors the header is that of one; with one alone Linux does not look at the pointer.
        uint first = BitOperations.PopCount(status) > 1 ? 1u << (int)Bits.Get(Read(RasRegisters.Control), RasRegisters.FirstErrorHigh, RasRegisters.FirstErrorLow) : status;
        uint[] header = [.. Enumerable.Range(0, CxlAerTrace.HeaderWords).Select(word => Read(RasRegisters.HeaderLog + (4 * word)))];
        cxl.TraceEvents.Errors.EmitUncorrectable(cxl.Tracing, memdev.Traced, status, first, header, thread);
        Write(RasRegisters.UncorrectableStatus, status & RasRegisters.UncorrectableBits);
        return true;
    }

    private uint Read(int offset) => (uint)cxl.Core.HostBus.ReadRegister(registers.Start + new ByteSize((ulong)offset), 4);

    private void Write(int offset, uint value) => cxl.Core.HostBus.WriteRegister(registers.Start + new ByteSize((ulong)offset), 4, value);
}
