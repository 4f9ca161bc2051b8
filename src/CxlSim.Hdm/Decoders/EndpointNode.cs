using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A Type-3 device.</summary>
public sealed class EndpointNode : DecodeNode
{
    /// <summary>Device numbers end here.</summary>
    public const int MaxDevices = 0xff00;

    /// <summary>Where each decoder's share begins. Wider than an address: a skip is whatever software wrote.</summary>
    private readonly UInt128[] _bases;

    /// <param name="device">The number by which the caller knows the device, below <see cref="MaxDevices"/>.</param>
    /// <param name="decoders">Its committed decoders, in the order of their DPA.</param>
    /// <param name="name">For reports.</param>
    /// <param name="capacity">Bytes that it has; null for as many as there are addresses.</param>
    public EndpointNode(int device, IReadOnlyList<HdmDecoder> decoders, string name = "device", ByteSize? capacity = null)
        : base(name, decoders)
    {
        Check.That(device is >= 0 and < MaxDevices, "a device number below {0}, not {1}", MaxDevices, device);
        Device = device;
        Capacity = capacity ?? new ByteSize(ulong.MaxValue);
        _bases = new UInt128[decoders.Count];
        UInt128 end = 0;
        for (int i = 0; i < decoders.Count; i++)
        {
            _bases[i] = end + decoders[i].DpaSkip.Bytes;
            end = _bases[i] + decoders[i].DpaSize.Bytes;
        }
    }

    /// <summary>The number by which the caller knows it.</summary>
    public int Device { get; }

    /// <summary>Bytes that it has.</summary>
    public ByteSize Capacity { get; }

    private protected override DecodeOutcome WhenUnclaimed => DecodeOutcome.NoEndpointDecoder;

    /// <summary>Decoders take capacity one after the other, each after its skip (CXL r3.1 8.2.4.20.10). False where the share begins past the device's end.</summary>
    public bool TryGetBase(int index, out Dpa start)
    {
        start = _bases[index] < Capacity.Bytes ? new Dpa((ulong)_bases[index]) : default;
        return _bases[index] < Capacity.Bytes;
    }

    /// <summary>Whether all bytes that the decoder leads to lie within the device. Only of a decoder without a fault.</summary>
    public bool HasRoomFor(int index) => _bases[index] + Decoders[index].Reach.Bytes <= Capacity.Bytes;
}
