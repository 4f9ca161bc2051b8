using System.Numerics;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hdm;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The HDM decoders of one component: registers, and the hardware that commits them (CXL r3.1 8.2.4.20).</summary>
/// <remarks>
/// The commit handshake, as software sees it:
/// <code>
///   software writes base, size, targets or skip, then control with COMMIT
///   ... commit time passes ...
///   hardware checks and sets COMMITTED, or ERROR NOT COMMITTED
///   COMMIT written as 0 takes the decoder out at once, unless it was locked
/// </code>
/// Invariants: a locked, committed decoder takes no write until reset; only a decoder that passed the checks is committed;
/// decoders are committed in order, at ascending addresses; what is written to a committed one decodes from its next commit on.
/// </remarks>
public sealed class HdmDecoderBank : SimHandler, IRegisterBlock
{
    private readonly Simulation _simulation;
    private readonly SimDuration _commitTime;
    private readonly string _unit;
    private readonly int _targetCount;
    private readonly uint _capability;
    private readonly Decoder[] _decoders;
    private uint _globalControl;

    /// <param name="simulation">Commit takes virtual time.</param>
    /// <param name="unit">Name for traces.</param>
    /// <param name="decoders">How many.</param>
    /// <param name="targetCount">Targets that a port can tell apart; 0 for an endpoint.</param>
    /// <param name="interleave">What they can do beyond one way.</param>
    /// <param name="commitTime">From COMMIT to COMMITTED.</param>
    public HdmDecoderBank(Simulation simulation, string unit, int decoders, int targetCount, InterleaveCapabilities interleave, SimDuration commitTime)
    {
        _simulation = simulation;
        _commitTime = commitTime;
        _unit = unit;
        _targetCount = targetCount;
        _decoders = new Decoder[decoders];
        Check.That(HdmDecoderRegisters.TryEncodeCount(decoders, out uint count), "a number of decoders that has a code, not {0}", decoders);
        _capability = count
            | ((uint)targetCount << HdmDecoderRegisters.TargetCountLow)
            | HdmDecoderRegisters.PoisonOnError
            | Bit(InterleaveCapabilities.Bits8To11, HdmDecoderRegisters.InterleaveA11To8)
            | Bit(InterleaveCapabilities.Bits12To14, HdmDecoderRegisters.InterleaveA14To12)
            | Bit(InterleaveCapabilities.Ways3612, HdmDecoderRegisters.Interleave3612)
            | Bit(InterleaveCapabilities.Ways16, HdmDecoderRegisters.Interleave16);

        uint Bit(InterleaveCapabilities capability, uint bit) => interleave.HasFlag(capability) ? bit : 0;
    }

    /// <summary>Raised when the set of committed decoders changes: whoever caches routes must look again.</summary>
    public event Action? Changed;

    /// <summary>The component's name, for traces and reports.</summary>
    public string Unit => _unit;

    public int Size => HdmDecoderRegisters.SizeOf(_decoders.Length);

    public bool IsEndpoint => _targetCount == 0;

    /// <summary>Software has switched a device's decoders on as a whole; the bit of a port is always clear (CXL r3.1 8.2.4.20.2).</summary>
    public bool IsEnabled => (_globalControl & HdmDecoderRegisters.GlobalEnable) != 0;

    /// <summary>The committed decoders, in order; what the data path obeys.</summary>
    public IReadOnlyList<HdmDecoder> Committed()
    {
        List<HdmDecoder> committed = [];
        for (int i = 0; i < _decoders.Length; i++)
        {
            if (_decoders[i].IsCommitted)
            {
                committed.Add(_decoders[i].AsCommitted);
            }
        }

        return committed;
    }

    public uint Read(int offset)
    {
        if (offset < HdmDecoderRegisters.FirstDecoder)
        {
            return offset switch
            {
                HdmDecoderRegisters.Capability => _capability,
                HdmDecoderRegisters.GlobalControl => _globalControl,
                _ => 0,
            };
        }

        (int index, int register) = Math.DivRem(offset - HdmDecoderRegisters.FirstDecoder, HdmDecoderRegisters.Stride);
        ref Decoder decoder = ref _decoders[index];
        return register switch
        {
            HdmDecoderRegisters.BaseLow => Bits.Low32(decoder.Base),
            HdmDecoderRegisters.BaseHigh => Bits.High32(decoder.Base),
            HdmDecoderRegisters.SizeLow => Bits.Low32(decoder.Size),
            HdmDecoderRegisters.SizeHigh => Bits.High32(decoder.Size),
            HdmDecoderRegisters.Control => decoder.Control,
            HdmDecoderRegisters.TargetLow => Bits.Low32(decoder.Target),
            HdmDecoderRegisters.TargetHigh => Bits.High32(decoder.Target),
            _ => 0,
        };
    }

    public void Write(int offset, uint value)
    {
        if (offset < HdmDecoderRegisters.FirstDecoder)
        {
            if (offset == HdmDecoderRegisters.GlobalControl)
            {
                _globalControl = value & (HdmDecoderRegisters.GlobalPoison | (IsEndpoint ? HdmDecoderRegisters.GlobalEnable : 0));
                Trace("HDM Global Control", value);
                Changed?.Invoke();
            }

            return;
        }

        (int index, int register) = Math.DivRem(offset - HdmDecoderRegisters.FirstDecoder, HdmDecoderRegisters.Stride);
        if (_decoders[index].IsLocked)
        {
            Trace($"HDM Decoder {index} (locked, write dropped)", value);
            return;
        }

        WriteDecoder(index, register, value);
    }

    /// <summary>All decoders are as at power-on; a commit under way ends nowhere, a lock is gone.</summary>
    internal void Reset()
    {
        _globalControl = 0;
        for (int i = 0; i < _decoders.Length; i++)
        {
            _decoders[i] = new Decoder { Attempt = _decoders[i].Attempt };
        }

        Trace("reset", 0);
        Changed?.Invoke();
    }

    /// <summary>The commit time of a decoder is over; <paramref name="argument"/> is its number below the number of its attempt.</summary>
    protected override void Handle(ulong argument)
    {
        int index = Bits.ByteAt(argument, 0);
        ref Decoder decoder = ref _decoders[index];
        if ((decoder.Control & HdmDecoderRegisters.ControlCommit) == 0 || decoder.Attempt != argument >> 8)
        {
            return; // taken back meanwhile
        }

        HdmDecoder asked = HdmDecoder.FromRegisters(index, decoder.Base, decoder.Size, decoder.Control, decoder.Target);
        bool good = IsAcceptable(asked);
        decoder.AsCommitted = asked;
        decoder.Control |= good ? HdmDecoderRegisters.ControlCommitted : HdmDecoderRegisters.ControlErrorNotCommitted;
        Trace($"HDM Decoder {index} {(good ? "committed" : "refused")}", decoder.Control);
        Changed?.Invoke();
    }

    private void WriteDecoder(int index, int register, uint value)
    {
        ref Decoder decoder = ref _decoders[index];
        ulong wide = value;
        switch (register)
        {
            case HdmDecoderRegisters.BaseLow:
                decoder.Base = Bits.Set(decoder.Base, 31, 0, wide) & HdmDecoderRegisters.AddressMask;
                break;
            case HdmDecoderRegisters.BaseHigh:
                decoder.Base = Bits.Set(decoder.Base, 63, 32, wide);
                break;
            case HdmDecoderRegisters.SizeLow:
                decoder.Size = Bits.Set(decoder.Size, 31, 0, wide) & HdmDecoderRegisters.AddressMask;
                break;
            case HdmDecoderRegisters.SizeHigh:
                decoder.Size = Bits.Set(decoder.Size, 63, 32, wide);
                break;
            case HdmDecoderRegisters.TargetLow:
                decoder.Target = Bits.Set(decoder.Target, 31, 0, IsEndpoint ? wide & HdmDecoderRegisters.AddressMask : wide);
                break;
            case HdmDecoderRegisters.TargetHigh:
                decoder.Target = Bits.Set(decoder.Target, 63, 32, wide);
                break;
            case HdmDecoderRegisters.Control:
                WriteControl(index, value);
                break;
            default:
                return;
        }

        Trace($"HDM Decoder {index} {RegisterName(register)}", value);
    }

    private void WriteControl(int index, uint value)
    {
        const uint status = HdmDecoderRegisters.ControlCommitted | HdmDecoderRegisters.ControlErrorNotCommitted;
        ref Decoder decoder = ref _decoders[index];
        bool wasCommitted = decoder.IsCommitted;
        bool commit = (value & HdmDecoderRegisters.ControlCommit) != 0;
        bool starts = commit && (decoder.Control & HdmDecoderRegisters.ControlCommit) == 0;
        decoder.Control = (value & ~status) | (commit && !starts ? decoder.Control & status : 0);
        if (starts)
        {
            _simulation.Schedule(_commitTime, EventPriority.Device, this, (++decoder.Attempt << 8) | (uint)index);
        }
        else if (wasCommitted && !commit)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>What hardware looks at before it commits: encodings, order, addresses (8.2.4.20.12).</summary>
    private bool IsAcceptable(HdmDecoder asked)
    {
        if (asked.Fault is not null || (!IsEndpoint && asked.Ways > _targetCount) || !CanInterleave(asked.Ways, asked.Granularity))
        {
            return false;
        }

        for (int before = 0; before < asked.Number; before++)
        {
            if (!_decoders[before].IsCommitted || _decoders[before].AsCommitted.Range.Last >= asked.Range.Start)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bits of an address that choose among the ways stand from the granularity up, one for each doubling (8.2.4.20.1).</summary>
    private bool CanInterleave(int ways, int granularity)
    {
        int lowest = BitOperations.Log2((uint)granularity);
        int end = lowest + BitOperations.TrailingZeroCount(ways);
        return (ways % 3 != 0 || Has(HdmDecoderRegisters.Interleave3612))
            && (ways != 16 || Has(HdmDecoderRegisters.Interleave16))
            && (end == lowest || (end <= 15 && (lowest >= 12 || Has(HdmDecoderRegisters.InterleaveA11To8)) && (end <= 12 || Has(HdmDecoderRegisters.InterleaveA14To12))));
    }

    private bool Has(uint capability) => (_capability & capability) != 0;

    private static string RegisterName(int register) => register switch
    {
        HdmDecoderRegisters.BaseLow => "Base Low",
        HdmDecoderRegisters.BaseHigh => "Base High",
        HdmDecoderRegisters.SizeLow => "Size Low",
        HdmDecoderRegisters.SizeHigh => "Size High",
        HdmDecoderRegisters.Control => "Control",
        HdmDecoderRegisters.TargetLow => "Target List or Skip Low",
        _ => "Target List or Skip High",
    };

    private void Trace(string register, ulong value) => _simulation.Trace(new RegisterWritten(_unit, register, value));

    /// <summary>The registers of one decoder.</summary>
    private struct Decoder
    {
        public ulong Base;
        public ulong Size;
        public uint Control;
        public ulong Target;

        /// <summary>What the registers said when hardware looked at them last: what a committed decoder decodes.</summary>
        public HdmDecoder AsCommitted;

        /// <summary>Counts COMMITs, so that the end of one that was taken back is not taken for the end of the next.</summary>
        public ulong Attempt;

        public readonly bool IsCommitted => (Control & HdmDecoderRegisters.ControlCommitted) != 0;

        public readonly bool IsLocked => IsCommitted && (Control & HdmDecoderRegisters.ControlLockOnCommit) != 0;
    }
}
