using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>The loaded kernel takes the machine, from outside.</summary>
/// <param name="kexec">Starts it; the error where it cannot.</param>
internal sealed class KexecRequest(Func<SimTask<Errno>> kexec) : Request
{
    public override string Description => "kexec";

    public Errno Error { get; private set; }

    protected override async SimTask ServeAsync() => Error = await kexec();
}
