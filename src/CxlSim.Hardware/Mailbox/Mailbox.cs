using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The primary command mailbox: software fills payload and command, rings the doorbell, and reads it until it clears (CXL r3.1 8.2.8.4).</summary>
public sealed class Mailbox : SimHandler
{
    private readonly Simulation _simulation;
    private readonly string _device;
    private readonly SimDuration _commandTime;
    private readonly MailboxCommands _commands;
    private readonly byte[] _payload;
    private readonly bool _isStuck;
    private readonly BackgroundOperation _background;
    private readonly int _vector;
    private MailboxBehaviour? _behaviour;
    private MailboxReply _late;
    private bool _isKept;
    private uint _control;
    private ulong _command;
    private ulong _status;

    /// <param name="simulation">Commands take virtual time.</param>
    /// <param name="device">Whose it is, for traces.</param>
    /// <param name="payload">Size of the payload registers.</param>
    /// <param name="commandTime">From doorbell to answer.</param>
    /// <param name="commands">What it understands.</param>
    /// <param name="vector">Of the interrupt that ends a background command.</param>
    /// <param name="isStuck">A doorbell that was rung stays set.</param>
    public Mailbox(Simulation simulation, string device, ByteSize payload, SimDuration commandTime, MailboxCommands commands, int vector, bool isStuck = false)
    {
        _background = new BackgroundOperation(simulation);
        _background.Ended += () =>
        {
            if ((_control & MailboxRegisters.ControlBackgroundInterrupt) != 0)
            {
                Interrupted?.Invoke(_vector);
            }
        };
        _vector = vector;
        _simulation = simulation;
        _device = device;
        _commandTime = commandTime;
        _commands = commands;
        _isStuck = isStuck;
        _payload = new byte[payload.Bytes];
    }

    /// <summary>A background command ended and its interrupt is on: the vector.</summary>
    public event Action<int>? Interrupted;

    public int Length => MailboxRegisters.Payload + _payload.Length;

    /// <summary>Answers so from now on. What was kept waiting is looked at anew.</summary>
    public void Behave(MailboxBehaviour behaviour)
    {
        _behaviour = behaviour.Kind == MailboxAnswerKind.Normal ? null : behaviour;
        if (_isKept)
        {
            _isKept = false;
            _simulation.Schedule(_commandTime, EventPriority.Device, this);
        }
    }

    /// <summary>Registers are four bytes wide: the low bits of an offset do not exist.</summary>
    public uint Read(int offset)
    {
        offset &= ~3;
        if (offset >= MailboxRegisters.Payload)
        {
            return BitConverter.ToUInt32(_payload, offset - MailboxRegisters.Payload);
        }

        return offset switch
        {
            MailboxRegisters.Capabilities => Capabilities,
            MailboxRegisters.Control => _control,
            MailboxRegisters.Command => Bits.Low32(_command),
            MailboxRegisters.Command + 4 => Bits.High32(_command),
            MailboxRegisters.Status => Bits.Low32(_status) | (_background.IsRunning ? 1u << MailboxRegisters.StatusBackground : 0),
            MailboxRegisters.Status + 4 => Bits.High32(_status),
            MailboxRegisters.BackgroundStatus => Bits.Low32(_background.Status),
            MailboxRegisters.BackgroundStatus + 4 => Bits.High32(_background.Status),
            _ => 0,
        };
    }

    private uint Capabilities =>
        (uint)System.Numerics.BitOperations.Log2((uint)_payload.Length)
        | (1u << MailboxRegisters.CapabilityBackgroundInterrupt)
        | ((uint)_vector << MailboxRegisters.CapabilityInterruptLow);

    public void Write(int offset, uint value)
    {
        offset &= ~3;
        if ((_control & MailboxRegisters.ControlDoorbell) != 0)
        {
            return; // the device owns the mailbox until the doorbell clears
        }

        if (offset >= MailboxRegisters.Payload)
        {
            BitConverter.TryWriteBytes(_payload.AsSpan(offset - MailboxRegisters.Payload), value);
            return;
        }

        switch (offset)
        {
            case MailboxRegisters.Command:
                _command = Bits.Set(_command, 31, 0, value);
                break;
            case MailboxRegisters.Command + 4:
                _command = Bits.Set(_command, 63, 32, value);
                break;
            case MailboxRegisters.Control:
                _control = value & 7;
                if ((_control & MailboxRegisters.ControlDoorbell) != 0 && !_isStuck)
                {
                    _simulation.Schedule(_commandTime, EventPriority.Device, this);
                }

                break;
        }
    }

    /// <summary>The doorbell was rung, or the answer to a long command is ready.</summary>
    protected override void Handle(ulong argument)
    {
        if (argument != 0)
        {
            Answer(_late);
            return;
        }

        MailboxBehaviour? behaviour = _behaviour is { } now && now.IsFor((ushort)Opcode) ? now : null;
        if (behaviour is { Kind: MailboxAnswerKind.Silent })
        {
            _isKept = true;
            return;
        }

        MailboxReply reply = behaviour?.Kind switch
        {
            MailboxAnswerKind.Busy => MailboxReturnCode.Busy,
            MailboxAnswerKind.Error => (MailboxReturnCode)behaviour.ReturnCode,
            _ => Execute(),
        };
        if (behaviour is { Kind: MailboxAnswerKind.Late })
        {
            reply = reply with { Delay = reply.Delay + SimDuration.Nanoseconds(behaviour.DelayNs) };
        }

        if (reply.Delay == SimDuration.Zero)
        {
            Answer(reply);
            return;
        }

        _late = reply;
        _simulation.Schedule(reply.Delay, EventPriority.Device, this, 1);
    }

    private MailboxReply Execute()
    {
        int inputLength = (int)Bits.Get(_command, MailboxRegisters.CommandLengthHigh, MailboxRegisters.CommandLengthLow);
        return inputLength > _payload.Length
            ? MailboxReturnCode.InvalidPayloadLength
            : _commands.Execute(Opcode, _payload.AsSpan(0, inputLength).ToArray(), _payload.Length, _background.IsRunning);
    }

    private MailboxOpcode Opcode => (MailboxOpcode)(ushort)Bits.Get(_command, MailboxRegisters.CommandOpcodeHigh, MailboxRegisters.CommandOpcodeLow);

    private void Answer(MailboxReply reply)
    {
        MailboxOpcode opcode = Opcode;
        if (reply.Work is { } work)
        {
            _background.Start(opcode, work);
        }

        reply.Output.CopyTo(_payload, 0);
        _command = Bits.Set(_command, MailboxRegisters.CommandLengthHigh, MailboxRegisters.CommandLengthLow, (ulong)reply.Output.Length);
        _status = Bits.Set(0UL, MailboxRegisters.StatusReturnCodeHigh, MailboxRegisters.StatusReturnCodeLow, (ulong)reply.Code);
        _control &= ~MailboxRegisters.ControlDoorbell;
        _simulation.Trace(new CommandCompleted(_device, (ushort)opcode, (ushort)reply.Code));
    }
}
