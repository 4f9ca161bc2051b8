using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>A data object exchange mailbox in configuration space that serves the CDAT (PCI Express Base 6.0 6.30, CXL r3.1 8.1.11).</summary>
public sealed class DoeMailbox(Simulation simulation, SimDuration exchangeTime, CdatTable cdat, bool isStuck = false) : SimHandler
{
    /// <summary>The longest data object (PCI Express Base 6.0 6.30.1); one that is longer lies about its length.</summary>
    private const int MostWords = 1 << 18;

    private readonly List<uint> _request = [];
    private readonly Queue<uint> _response = new();
    private bool _busy;
    private bool _error;

    /// <summary>Counts exchanges, so that the end of one that was aborted is not taken for the end of the next.</summary>
    private ulong _exchange;

    public uint Read(int register) => register switch
    {
        PciCapability.DoeStatus => (_busy ? PciCapability.DoeStatusBusy : 0)
            | (_error ? PciCapability.DoeStatusError : 0)
            | (_response.Count > 0 && !_busy ? PciCapability.DoeStatusReady : 0),
        PciCapability.DoeReadMailbox => _response.Count > 0 ? _response.Peek() : 0,
        _ => 0,
    };

    public void Write(int register, uint value)
    {
        switch (register)
        {
            case PciCapability.DoeControl when (value & PciCapability.DoeControlAbort) != 0:
                Abort();
                break;
            case PciCapability.DoeControl when (value & PciCapability.DoeControlGo) != 0 && !_busy:
                _busy = true;
                simulation.Schedule(exchangeTime, EventPriority.Device, this, ++_exchange);
                break;
            case PciCapability.DoeWriteMailbox when !_busy && _request.Count <= MostWords:
                _request.Add(value);
                break;
            case PciCapability.DoeReadMailbox:
                _response.TryDequeue(out _); // a write of any value takes the word away
                break;
        }
    }

    protected override void Handle(ulong argument)
    {
        if (!_busy || argument != _exchange || isStuck)
        {
            return; // aborted meanwhile, or broken
        }

        _busy = false;
        _response.Clear();
        _error = !Answer();
        _request.Clear();
    }

    private void Abort()
    {
        _busy = false;
        _error = false;
        _request.Clear();
        _response.Clear();
    }

    private bool Answer()
    {
        if (_request.Count < 3 || _request[1] != (uint)_request.Count)
        {
            return false;
        }

        ushort vendor = Bits.Low16(_request[0]);
        byte type = Bits.ByteAt(_request[0], 2);
        if (vendor == PciCapability.DoeVendorPciSig && type == PciCapability.DoeTypeDiscovery)
        {
            Discover(Bits.ByteAt(_request[2], 0));
            return true;
        }

        return vendor == Dvsec.VendorCxl && type == CdatRecords.DoeObjectType && ReadTable(_request[2]);
    }

    /// <summary>Index 0 is discovery itself, index 1 table access, and there is no more.</summary>
    private void Discover(byte index)
    {
        (ushort vendor, byte type, byte next) = index switch
        {
            0 => (PciCapability.DoeVendorPciSig, PciCapability.DoeTypeDiscovery, (byte)1),
            1 => (Dvsec.VendorCxl, CdatRecords.DoeObjectType, (byte)0),
            _ => ((ushort)0xffff, (byte)0, (byte)0),
        };
        Respond(PciCapability.DoeVendorPciSig, PciCapability.DoeTypeDiscovery, [vendor | ((uint)type << 16) | ((uint)next << 24)]);
    }

    /// <summary>Request: code 0 (read), table type 0 (CDAT), entry handle. Response: the same with the next handle, then the entry.</summary>
    private bool ReadTable(uint request)
    {
        int handle = (int)(request >> 16);
        if ((request & 0xffff) != 0 || handle >= cdat.Entries.Count)
        {
            return false;
        }

        uint next = handle + 1 < cdat.Entries.Count ? (uint)(handle + 1) : CdatRecords.LastHandle;
        byte[] entry = cdat.Entries[handle];
        uint[] words = new uint[1 + ((entry.Length + 3) / 4)];
        words[0] = next << 16;
        Buffer.BlockCopy(entry, 0, words, 4, entry.Length);
        Respond(Dvsec.VendorCxl, CdatRecords.DoeObjectType, words);
        return true;
    }

    private void Respond(ushort vendor, byte type, ReadOnlySpan<uint> words)
    {
        _response.Enqueue(vendor | ((uint)type << 16));
        _response.Enqueue((uint)words.Length + 2);
        foreach (uint word in words)
        {
            _response.Enqueue(word);
        }
    }
}
