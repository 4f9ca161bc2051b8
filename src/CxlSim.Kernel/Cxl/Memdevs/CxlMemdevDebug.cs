using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The directory of a memdev in debugfs, while cxl_mem is bound (<c>drivers/cxl/mem.c</c>, <c>core/hdm.c</c>).</summary>
public sealed class CxlMemdevDebug(CxlMemdev memdev) : KObject(memdev.Name)
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlMemdevDebug>.WriteOnly("clear_poison", (d, value) => d.Memdev.Poison.ClearAsync(value), d => d.Memdev.Mailbox.IsEnabled(MailboxOpcode.ClearPoison)),
        Attr<CxlMemdevDebug>.ReadOnly("dpamem", d => d.DpaText()),
        Attr<CxlMemdevDebug>.WriteOnly("inject_poison", (d, value) => d.Memdev.Poison.InjectAsync(value), d => d.Memdev.Mailbox.IsEnabled(MailboxOpcode.InjectPoison)));

    public CxlMemdev Memdev => memdev;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    /// <summary>Partitions, and what decoders hold of each; lines end here where the attribute ends its own.</summary>
    private AttributeValue DpaText()
    {
        StringBuilder text = new();
        foreach (DecoderMode mode in (DecoderMode[])[DecoderMode.Ram, DecoderMode.Pmem])
        {
            if (memdev.Partitions.Of(mode).IsZero)
            {
                continue;
            }

            Append(text, string.Empty, memdev.Partitions.StartOf(mode), memdev.Partitions.Of(mode), DecoderModes.Word(mode));
            foreach (CxlEndpointDecoder decoder in memdev.Endpoint?.Decoders.OfType<CxlEndpointDecoder>() ?? [])
            {
                if (decoder.Dpa is { } taken && memdev.Partitions.ModeAt(taken.Start) == mode)
                {
                    Append(text, "  ", taken.Start, taken.Size, decoder.Name);
                }
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, string indent, Dpa start, ByteSize size, string name) =>
        text.Append(indent).Append(System.Globalization.CultureInfo.InvariantCulture, $"{start.Value:x8}-{start.Value + size.Bytes - 1:x8} : {name}\n");
}
