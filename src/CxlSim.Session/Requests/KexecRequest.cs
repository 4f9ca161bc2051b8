using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>The loaded kernel takes the machine, from outside.</summary>
internal sealed class KexecRequest(MachineSession session) : Request
{
    public override string Description => "kexec";

    public Errno Error { get; private set; }

    protected override async SimTask ServeAsync() => Error = await session.KexecAsync();
}
