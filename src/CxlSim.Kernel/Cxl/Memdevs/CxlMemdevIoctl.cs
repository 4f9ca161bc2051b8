using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What a program may ask of /dev/cxl/memN: which mailbox commands there are, and one of them for the device
/// (<c>drivers/cxl/core/memdev.c</c>, <c>core/mbox.c</c>).</summary>
/// <remarks>The kernel copies from and to a program's memory in the middle of its work. Here that is between the calls: the caller reads the
/// command, has it checked, reads the payload, has it sent, and writes what came.</remarks>
public sealed class CxlMemdevIoctl(KernelLog log, CxlMemdev memdev)
{
    /// <summary>CXL_MEM_QUERY_COMMANDS.</summary>
    public const uint QueryCommands = 0x8008ce01;

    /// <summary>CXL_MEM_SEND_COMMAND.</summary>
    public const uint SendCommand = 0xc030ce02;

    private const uint FlagEnabled = 1 << 0;
    private const uint FlagExclusive = 1 << 1;

    /// <summary>CXL_SET_PARTITION_IMMEDIATE_FLAG, in the byte after the volatile capacity.</summary>
    private const byte PartitionImmediately = 1 << 0;
    private const int PartitionFlags = 8;

    /// <summary>Room for output that a program may ask for. The kernel takes what it has memory for.</summary>
    private const uint LargestOutput = 16 << 20;

    private static readonly byte[] VendorDebugLog = new Guid("5e1819d9-11a9-400c-811f-d60719403d86").ToByteArray(bigEndian: true);

    private readonly CxlMailbox _mailbox = memdev.Mailbox;

    /// <summary>How many commands there are, where a program asks for none; else as many descriptions as it has room for (<c>cxl_query_cmd</c>).</summary>
    public byte[] Query(uint room)
    {
        IReadOnlyList<CxlMemCommand?> table = CxlMemCommand.Table;
        if (room == 0)
        {
            return BitConverter.GetBytes((uint)table.Count);
        }

        ByteWriter list = new();
        for (uint id = 0; id < Math.Min(room, (uint)table.Count); id++)
        {
            if (table[(int)id] is not { } command)
            {
                list.Zeros(16);
                continue;
            }

            uint flags = (_mailbox.IsEnabled(command.Opcode) ? FlagEnabled : 0) | (_mailbox.Exclusive.Contains(command.Opcode) ? FlagExclusive : 0);
            list.U32(id).U32(flags).U32(command.SizeIn).U32(command.SizeOut);
        }

        return list.ToArray();
    }

    /// <summary>All that the kernel checks before it reads the payload (<c>cxl_validate_cmd_from_user</c>).</summary>
    public Errno Validate(CxlSendCommand send)
    {
        if (send.Id == 0 || send.Id >= CxlMemCommand.Table.Count)
        {
            return Errno.ENOTTY;
        }

        if (send.InputSize > _mailbox.PayloadSize)
        {
            return Errno.EINVAL;
        }

        if (send.Id == CxlMemCommand.RawId)
        {
            return send.RawReserved != 0 || send.OutputSize > _mailbox.PayloadSize ? Errno.EINVAL : Errno.EPERM;
        }

        if ((send.Flags & ~(FlagEnabled | FlagExclusive)) != 0 || send.RawOpcode != 0 || send.RawReserved != 0)
        {
            return Errno.EINVAL;
        }

        if (send.InputReserved != 0 || send.OutputReserved != 0)
        {
            return Errno.EINVAL;
        }

        if (CxlMemCommand.Table[(int)send.Id] is not { } command || !_mailbox.IsEnabled(command.Opcode))
        {
            return Errno.ENOTTY;
        }

        if (_mailbox.Exclusive.Contains(command.Opcode))
        {
            return Errno.EBUSY;
        }

        bool fits = command.SizeIn is CxlMemCommand.Variable || command.SizeIn == send.InputSize;
        return fits && (command.SizeOut is CxlMemCommand.Variable || send.OutputSize >= command.SizeOut) ? Errno.Ok : Errno.ENOMEM;
    }

    /// <summary>Checks again, looks at the payload, and sends (<c>cxl_send_cmd</c>). The output of a command that the device refused is zeros.</summary>
    public async SimTask<MailboxAnswer> SendAsync(CxlSendCommand send, byte[] input)
    {
        Errno error = Validate(send);
        if (error != Errno.Ok)
        {
            return new MailboxAnswer(error);
        }

        CxlMemCommand command = CxlMemCommand.Table[(int)send.Id]!;
        if (!IsPayloadAllowed(command.Opcode, input))
        {
            log.Debug(memdev.Host, $"{command.Name}: input payload not allowed");
            return new MailboxAnswer(Errno.EBUSY);
        }

        uint room = send.OutputSize == CxlMemCommand.Variable ? (uint)_mailbox.PayloadSize : send.OutputSize;
        if (room > LargestOutput)
        {
            return new MailboxAnswer(Errno.ENOMEM);
        }

        log.Debug(memdev.Host, $"Submitting {command.Name} command for user");
        log.Debug($"\topcode: {(ushort)command.Opcode:x}");
        log.Debug($"\tsize: {send.InputSize:x}");
        MailboxAnswer answer = await _mailbox.TransferAsync(command.Opcode, input);
        if (answer.Error != Errno.Ok)
        {
            return answer;
        }

        byte[] output = answer.ReturnCode == MailboxReturnCode.Success ? answer.Output[..(int)Math.Min(room, (uint)answer.Output.Length)] : new byte[room];
        return answer with { Output = output };
    }

    /// <summary>Partitions must not change under a running log, and only a vendor's own log may be cleared (<c>cxl_payload_from_user_allowed</c>).</summary>
    public static bool IsPayloadAllowed(MailboxOpcode opcode, byte[] input) => opcode switch
    {
        MailboxOpcode.SetPartitionInfo => (input[PartitionFlags] & PartitionImmediately) == 0,
        MailboxOpcode.ClearLog => input.AsSpan().SequenceEqual(VendorDebugLog),
        _ => true,
    };
}
