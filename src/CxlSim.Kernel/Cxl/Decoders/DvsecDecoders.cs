using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Decoder objects for the ranges of a device's DVSEC, where firmware has set CXL.mem up without HDM decoders (<c>cxl_setup_hdm_decoder_from_dvsec</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
public static class DvsecDecoders
{
    /// <summary>The driver does not program ranges: such a decoder is enabled and locked for good, one way, and takes capacity in the order of the ranges.</summary>
    public static async SimTask<Errno> AddAsync(CxlCore cxl, CxlPort port, IReadOnlyList<AddressRange> ranges)
    {
        Dpa next = Dpa.Zero;
        DpaPartitions partitions = ((CxlMemdev)port.Uport).Partitions;
        for (int i = 0; i < ranges.Count; i++)
        {
            CxlEndpointDecoder decoder = new(cxl, port, i) { Range = ranges[i], IsEnabled = true, IsLocked = true, IsOfDvsec = true };
            port.CommitEnd = i;
            if (ranges[i].Size > partitions.EndOf(DecoderMode.Pmem) - next
                || DpaAllocator.Reserve(cxl.Core, decoder, new DpaAllocation(next, ranges[i].Size, ByteSize.Zero)) != Errno.Ok)
            {
                cxl.Core.Log.Error(port, $"{decoder.Name}: Failed to reserve {ranges[i].Size} of DPA at {next} for a DVSEC range");
                return Errno.EBUSY;
            }

            decoder.Mode = partitions.ModeOf(next, ranges[i].Size, cxl.Core.Config);
            decoder.IsAuto = true;
            next += ranges[i].Size;
            port.Decoders.Add(decoder);
            await cxl.Bus.AddAsync(decoder, port);
            decoder.SayAdded(cxl.Core);
        }

        return Errno.Ok;
    }
}
