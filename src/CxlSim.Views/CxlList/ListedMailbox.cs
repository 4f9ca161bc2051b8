using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>Sends commands to memdevs through the kernel, as programs do through <c>/dev/cxl/memN</c>.</summary>
internal sealed class ListedMailbox(LinuxKernel kernel)
{
    /// <summary>The answer, filled up to the command's size; null where kernel or device refuse.</summary>
    public async SimTask<byte[]?> AskAsync(string memdev, MailboxOpcode opcode)
    {
        if (kernel.Cxl.Bus.Find(memdev) is not CxlMemdev device)
        {
            return null;
        }

        int id = CxlMemCommand.Table.Index().First(command => command.Item?.Opcode == opcode).Index;
        uint size = CxlMemCommand.Table[id]!.SizeOut;
        MailboxAnswer answer = await new CxlMemdevIoctl(kernel.Log, device).SendAsync(new CxlSendCommand { Id = (uint)id, OutputSize = size }, []);
        if (answer.Error != Errno.Ok || answer.ReturnCode != MailboxReturnCode.Success)
        {
            return null;
        }

        byte[] payload = new byte[size];
        answer.Output.CopyTo(payload, 0);
        return payload;
    }
}
