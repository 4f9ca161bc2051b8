using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The one command that a mailbox may have running in the background, and the register that tells of it (CXL r3.1 8.2.8.4.7).</summary>
public sealed class BackgroundOperation(Simulation simulation) : SimHandler
{
    private const ulong Complete = 100;

    private BackgroundWork? _work;
    private MailboxOpcode _opcode;
    private MailboxReturnCode _code;
    private SimTime _start;
    private bool _hasRun;

    public event Action? Ended;

    public bool IsRunning => _work is not null;

    /// <inheritdoc/>
    public override bool IsBackground => true;

    public ulong Status
    {
        get
        {
            ulong status = Bits.Set(0UL, MailboxRegisters.BackgroundOpcodeHigh, MailboxRegisters.BackgroundOpcodeLow, (ulong)_opcode);
            status = Bits.Set(status, MailboxRegisters.BackgroundPercentageHigh, MailboxRegisters.BackgroundPercentageLow, Percentage());
            return Bits.Set(status, MailboxRegisters.BackgroundReturnCodeHigh, MailboxRegisters.BackgroundReturnCodeLow, (ulong)_code);
        }
    }

    public void Start(MailboxOpcode opcode, BackgroundWork work)
    {
        Check.That(_work is null, "one background command at a time");
        (_work, _opcode, _code, _start, _hasRun) = (work, opcode, MailboxReturnCode.Success, simulation.Now, true);
        simulation.Schedule(work.Duration, EventPriority.Device, this);
    }

    protected override void Handle(ulong argument)
    {
        _code = _work!.Finish();
        _work = null;
        Ended?.Invoke();
    }

    /// <summary>A hundred only at the very end.</summary>
    private ulong Percentage()
    {
        if (_work is not { Duration.Picoseconds: > 0 } work)
        {
            return _work is null && _hasRun ? Complete : 0;
        }

        UInt128 passed = (UInt128)(ulong)(simulation.Now - _start).Picoseconds;
        return (ulong)UInt128.Min(passed * Complete / (ulong)work.Duration.Picoseconds, Complete - 1);
    }
}
