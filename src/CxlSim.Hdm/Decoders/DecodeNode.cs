using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A place on the way of an address: a port that passes it on, or an endpoint that takes it.</summary>
public abstract class DecodeNode
{
    private protected DecodeNode(string name, IReadOnlyList<HdmDecoder> decoders)
    {
        Name = name;
        Decoders = decoders;
    }

    /// <summary>What reports and explanations call it.</summary>
    public string Name { get; }

    /// <summary>Its committed decoders, in the order of their numbers.</summary>
    public IReadOnlyList<HdmDecoder> Decoders { get; }

    private protected abstract DecodeOutcome WhenUnclaimed { get; }

    /// <summary>Which decoder takes an address: a hit only where it is one, and legal.</summary>
    internal DecodeOutcome Find(Hpa address, out int index)
    {
        index = -1;
        for (int i = 0; i < Decoders.Count; i++)
        {
            if (Decoders[i].Claims(address))
            {
                if (index >= 0)
                {
                    return DecodeOutcome.OverlappingDecoders;
                }

                index = i;
            }
        }

        return index < 0 ? WhenUnclaimed : Decoders[index].Fault is null ? DecodeOutcome.Hit : DecodeOutcome.IllegalDecoder;
    }

    /// <summary>A stretch of addresses, shortened to where the next decoder begins.</summary>
    internal ulong ToNextDecoder(ulong run, Hpa address)
    {
        for (int i = 0; i < Decoders.Count; i++)
        {
            if (Decoders[i].Fault != RouteFaultKind.ImpossibleRange && Decoders[i].Range.Start > address)
            {
                run = Math.Min(run, (Decoders[i].Range.Start - address).Bytes);
            }
        }

        return run;
    }
}
