using CxlSim.Core;

namespace CxlSim.Hardware;

/// <summary>Which registers answer at which address: host bridge blocks at fixed places, BARs where software put them.</summary>
/// <remarks>A BAR counts only while its function and every bridge above decode memory and forward the range; rebuilt after configuration writes.</remarks>
internal sealed class MmioMap(IReadOnlyList<RootBridge> bridges, MockPlatform? mocks = null)
{
    private readonly List<(AddressRange Range, IRegisterBlock Block)> _entries = [];
    private bool _valid;

    public void Invalidate() => _valid = false;

    public bool TryFind(Hpa address, out IRegisterBlock? block, out int offset)
    {
        if (!_valid)
        {
            Rebuild();
        }

        int low = 0;
        int high = _entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (AddressRange range, IRegisterBlock found) = _entries[middle];
            if (range.Contains(address))
            {
                block = found;
                offset = (int)(address - range.Start).Bytes;
                return true;
            }

            if (address < range.Start)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        block = null;
        offset = 0;
        return false;
    }

    private void Rebuild()
    {
        _entries.Clear();
        foreach (RootBridge bridge in bridges)
        {
            if (bridge.Components is { } components)
            {
                _entries.Add((AddressRange.Of(bridge.Description.Cxl!.ComponentRegisters, new ByteSize(Spec.Cxl.ComponentRegisters.BlockSize)), components));
            }

            if (bridge.Rcrb is { } rcrb)
            {
                _entries.Add((AddressRange.Of(bridge.Description.Cxl!.Restricted!.Rcrb, new ByteSize(Spec.Cxl.RcrbRegisters.Size)), rcrb));
                foreach ((Hpa address, ComponentRegisterBlock block) in rcrb.Open())
                {
                    if (address != Hpa.Zero && AddressRange.TryCreate(address, new ByteSize(Spec.Cxl.ComponentRegisters.BlockSize), out AddressRange range))
                    {
                        _entries.Add((range, block));
                    }
                }
            }

            Add(bridge.Functions, above: []);
        }

        _entries.AddRange(mocks?.Blocks ?? []);
        _entries.Sort((a, b) => a.Range.Start != b.Range.Start ? a.Range.Start.CompareTo(b.Range.Start) : b.Range.Last.CompareTo(a.Range.Last));
        DropOverlaps();
        _valid = true;
    }

    /// <summary>Where software put one BAR over another, no specification says which answers: here the one that begins first does, of two that begin together the larger.</summary>
    private void DropOverlaps()
    {
        int kept = 0;
        foreach ((AddressRange Range, IRegisterBlock Block) entry in _entries.ToArray())
        {
            if (kept == 0 || entry.Range.Start > _entries[kept - 1].Range.Last)
            {
                _entries[kept++] = entry;
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    private void Add(List<PciFunction> functions, List<PciBridge> above)
    {
        foreach (PciFunction function in functions)
        {
            if (function.DecodesMemory)
            {
                AddBars(function, above);
            }

            if (function is PciBridge bridge)
            {
                Add(bridge.Children, [.. above, bridge]);
            }
        }
    }

    private void AddBars(PciFunction function, List<PciBridge> above)
    {
        foreach (Bar bar in function.Bars)
        {
            if (bar.Block is { } block
                && AddressRange.TryCreate(bar.AddressIn(function.Config), bar.Size, out AddressRange range)
                && range.Start != Hpa.Zero
                && above.TrueForAll(bridge => bridge.ForwardsMemory(range)))
            {
                _entries.Add((range, block));
            }
        }
    }
}
